using System.Security.Cryptography;
using System.Text;

namespace ReleaseTasks.Journals;

/// <summary>What the journal keeps of a config var's value: enough to see whether it is still the same, and no way to try out guesses.</summary>
/// <param name="key">What those know who may read the value anyway, and the readers of the journal's copy don't: the app's id.</param>
internal sealed class Fingerprint(string key)
{
    private readonly byte[] _key = Encoding.UTF8.GetBytes(key);

    /// <summary>64 bits, in hexadecimal digits.</summary>
    public string Of(string value) => Convert.ToHexStringLower(HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(value)))[..16];

    /// <summary>Null for a config var that isn't set.</summary>
    public string? OfSet(string? value) => value is null ? null : Of(value);
}
