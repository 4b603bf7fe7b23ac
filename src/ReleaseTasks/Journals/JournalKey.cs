using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace ReleaseTasks.Journals;

/// <summary>
/// What the journal's copy is signed with, and config vars are fingerprinted with: a config var of the app, so that only those
/// know it who may release it. Whoever may push a ref, or view the app, doesn't.
/// </summary>
internal sealed partial class JournalKey
{
    public const string ConfigVar = "RELEASETASKS_KEY";

    private const int Bytes = 32;

    private readonly byte[] _secret;
    private readonly byte[] _signing;

    private JournalKey(byte[] secret)
    {
        _secret = secret;
        _signing = Derived("journal");
        Id = Convert.ToHexStringLower(Derived("id"))[..8];
    }

    /// <summary>By which a copy says which key it was signed with. Tells nothing of the key.</summary>
    public string Id { get; }

    /// <summary>A new one, as the config var holds it.</summary>
    public static string Create() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(Bytes));

    /// <summary>Null where the config var isn't set, or holds something else.</summary>
    public static JournalKey? Parse(string? value) => value is not null && Form().IsMatch(value) ? new(Convert.FromHexString(value)) : null;

    /// <summary>The app's, out of its config vars; null where it has none.</summary>
    public static JournalKey? Of(IReadOnlyDictionary<string, string> configVars) => Parse(configVars.GetValueOrDefault(ConfigVar));

    /// <summary>For config vars' values.</summary>
    public Fingerprint Fingerprint => new(Derived("fingerprint"));

    /// <summary>The signature of a line that follows a line with the signature <paramref name="before"/>.</summary>
    public byte[] Sign(byte[] before, string line) => HMACSHA256.HashData(_signing, (byte[])[.. before, .. Encoding.UTF8.GetBytes(line)]);

    private byte[] Derived(string purpose) => HMACSHA256.HashData(_secret, Encoding.UTF8.GetBytes($"ReleaseTasks {purpose} 1"));

    [GeneratedRegex(@"^[0-9a-f]{64}\z")]
    private static partial Regex Form();
}
