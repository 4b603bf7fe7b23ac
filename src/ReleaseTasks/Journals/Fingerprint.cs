using System.Security.Cryptography;
using System.Text;

namespace ReleaseTasks.Journals;

/// <summary>What the journal keeps of a config var's value: enough to see whether it is still the same, and no way to try out guesses.</summary>
/// <param name="key">What those know who may read the value anyway, and the readers of the journal's copy don't.</param>
internal sealed class Fingerprint(byte[] key)
{
    /// <summary>By the app's id, where the app has no key of its own: weaker, for everybody knows it who may view the app.</summary>
    public Fingerprint(string appId)
        : this(Encoding.UTF8.GetBytes(appId))
    {
    }

    /// <summary>64 bits, in hexadecimal digits.</summary>
    public string Of(string value) => Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(value)))[..16];

    /// <summary>Null for a config var that isn't set.</summary>
    public string? OfSet(string? value) => value is null ? null : Of(value);
}
