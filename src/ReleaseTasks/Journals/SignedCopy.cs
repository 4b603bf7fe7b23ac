using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace ReleaseTasks.Journals;

/// <summary>
/// A journal's copy: its lines, each with a signature of its own over itself and all before it. The first one's covers repository and
/// roll-out, so that a copy is none of another's.
/// </summary>
/// <param name="Text">The journal's lines, without signatures.</param>
/// <param name="WhyEvidence">Why nobody who may release has vouched for it, as a clause; null where one has.</param>
internal sealed partial record SignedCopy(string Text, string? WhyEvidence)
{
    /// <summary>There is none: nothing that could be doubted.</summary>
    public static SignedCopy None { get; } = new("", null);

    /// <summary>The copy of a journal.</summary>
    /// <param name="journal">Whole lines.</param>
    /// <param name="scope">Repository and roll-out.</param>
    /// <param name="key">Null where the app has none: then nothing is signed.</param>
    public static string Write(string journal, string scope, JournalKey? key)
    {
        if (key is null)
        {
            return journal;
        }

        var text = new StringBuilder();
        var before = Begin(scope, key);
        foreach (var line in Lines(journal))
        {
            before = key.Sign(before, line);
            text.Append(line, 0, line.Length - 1).Append(CultureInfo.InvariantCulture, $"{Start}{key.Id}:{Convert.ToHexStringLower(before)}\"}}\n");
        }

        return text.ToString();
    }

    /// <param name="copy">As it stands on GitHub, whole lines.</param>
    /// <param name="scope">Repository and roll-out that it must be of.</param>
    /// <param name="key">The app's key now; null where it has none.</param>
    /// <param name="reference">Where it is, for problems.</param>
    /// <exception cref="JournalException">It bears the key's name and isn't what was signed.</exception>
    public static SignedCopy Read(string copy, string scope, JournalKey? key, string reference)
    {
        var lines = Lines(copy).Select(SignedLine.Read).ToList();
        var text = string.Concat(lines.Select(line => line.Text + "\n"));
        var signers = lines.Select(line => line.Key).Distinct().ToList();
        return (signers, key) switch
        {
            ([], _) => None,
            (_, null) => new(text, "the app has no key that copies are signed with"),
            ([null], _) => new(text, "nobody signed it"),
            ([{ } other], _) when other != key.Id => new(text, $"it was signed with an older key, {other}; the app's is {key.Id} now"),
            _ => new(Verified(lines, scope, key, reference, text), null),
        };
    }

    private static string Verified(IReadOnlyList<SignedLine> lines, string scope, JournalKey key, string reference, string text)
    {
        var before = Begin(scope, key);
        for (var number = 1; number <= lines.Count; number++)
        {
            var line = lines[number - 1];
            before = key.Sign(before, line.Text);
            var why = line switch
            {
                { Key: null } => "isn't signed",
                { Key: var other } when other != key.Id => $"is signed with another key, {other}",
                _ when !CryptographicOperations.FixedTimeEquals(before, line.Signature) =>
                    "isn't what was signed: it was written by somebody without the key, or a line before it was taken out, moved or " +
                    "brought from another roll-out's copy",
                _ => null,
            };
            if (why is not null)
            {
                throw new JournalException(
                    $"{reference}:{number}: the journal's copy on GitHub can't be believed: this line {why}. Nothing was changed. " +
                    $"See who pushed it (git fetch origin {reference} && git log FETCH_HEAD), then delete the ref (git push origin " +
                    $":{reference}): a checkout that knows the roll-out writes it anew.");
            }
        }

        return text;
    }

    private const string Start = ",\"mac\":\"";

    private static byte[] Begin(string scope, JournalKey key) => key.Sign([], scope);

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private sealed partial record SignedLine(string Text, string? Key, byte[] Signature)
    {
        public static SignedLine Read(string line) => Form().Match(line) is { Success: true } match
            ? new(match.Groups["text"].Value + "}", match.Groups["key"].Value, Convert.FromHexString(match.Groups["mac"].Value))
            : new(line, null, []);

        [GeneratedRegex("""^(?<text>\{.*),"mac":"(?<key>[0-9a-f]{8}):(?<mac>[0-9a-f]{64})"\}\z""")]
        private static partial Regex Form();
    }
}
