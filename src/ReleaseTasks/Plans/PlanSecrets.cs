using System.Buffers;
using System.Text.RegularExpressions;

namespace ReleaseTasks.Plans;

/// <summary>Finds what looks like a secret in a text that everybody can read. It tells where and of which kind, never what.</summary>
internal static partial class PlanSecrets
{
    /// <summary>Without one of these there is no need for the slow look.</summary>
    private static readonly SearchValues<string> Signs = SearchValues.Create(
        [
            "://", "PRIVATE", "ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_", "xox", "HRKU-", "AKIA", "_live_", "AIza", "eyJ", "SG.", "sntrys_", "glpat-", "npm_", "hooks.slack.com",
            "SECRET", "PASSWORD", "PASSWD", "TOKEN", "API_KEY", "APIKEY", "ACCESS_KEY",
        ],
        StringComparison.Ordinal);

    private static readonly SearchValues<char> WordCharacters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+_-");

    /// <summary>Where a secret seems to begin, and what it seems to be.</summary>
    public static IEnumerable<(int Offset, string Kind)> In(string text) => Found(text).Select(found => (found.Start, found.Kind));

    /// <summary>The text without its secrets and without the values that it gives to config vars; the procedure's own <c>$(&lt; FILE)</c> stays.</summary>
    public static string Masked(string text)
    {
        var masked = SetCommand().Replace(text, command => Assignment().Replace(command.Value, value => $"{value.Groups["name"]}=({value.Groups["value"].Length} characters)"));
        foreach (var (start, length, _) in Found(masked).OrderByDescending(found => found.Start))
        {
            masked = $"{masked[..start]}({length} characters){masked[(start + length)..]}";
        }

        return masked;
    }

    private static List<(int Start, int Length, string Kind)> Found(string text)
    {
        var found = new List<(int Start, int Length, string Kind)>();
        if (text.AsSpan().ContainsAny(Signs))
        {
            found.AddRange(Known().Matches(text).AsEnumerable().Select(match => (match.Index, match.Length, KindOf(match))));
        }

        var known = found.Count;
        for (var start = 0; start < text.Length;)
        {
            var length = text.AsSpan(start).IndexOfAnyExcept(WordCharacters) is var end and >= 0 ? end : text.Length - start;
            if (length is >= 20 and <= 200 && IsAlone(text, start, length) && IsRandom(text.AsSpan(start, length)) && !found.Take(known).Any(other => other.Start <= start && start < other.Start + other.Length))
            {
                found.Add((start, length, "a random token"));
            }

            start += length + 1;
        }

        return found;
    }

    /// <summary>Not a piece of a path or a name with dots.</summary>
    private static bool IsAlone(string text, int start, int length) =>
        (start == 0 || text[start - 1] is not ('/' or '.')) && (start + length == text.Length || text[start + length] is not ('/' or '.'));

    private static string KindOf(Match match) =>
        match.Groups["url"].Success ? "a URL with a password"
        : match.Groups["key"].Success ? "a private key"
        : match.Groups["assigned"].Success ? "the value of a secret setting"
        : "an access token";

    /// <summary>
    /// Letters of both cases and digits, mixed as people don't: names, paths, hashes of commits and ids have fewer kinds or read in runs.
    /// </summary>
    private static bool IsRandom(ReadOnlySpan<char> word)
    {
        var (lower, upper, digits, changes) = (0, 0, 0, 0);
        var before = -1;
        foreach (var c in word)
        {
            var kind = char.IsAsciiLetterLower(c) ? 0 : char.IsAsciiLetterUpper(c) ? 1 : 2;
            _ = kind switch { 0 => lower++, 1 => upper++, _ => digits++ };
            changes += before >= 0 && kind != before ? 1 : 0;
            before = kind;
        }

        return lower > 2 && upper > 2 && digits > 1 && changes * 3 >= word.Length && Entropy(word) > 3.5;
    }

    /// <summary>In bits a character.</summary>
    private static double Entropy(ReadOnlySpan<char> word)
    {
        Span<int> counts = stackalloc int[128];
        foreach (var c in word)
        {
            counts[c]++;
        }

        var entropy = 0.0;
        foreach (var count in counts)
        {
            entropy -= count == 0 ? 0 : (double)count / word.Length * Math.Log2((double)count / word.Length);
        }

        return entropy;
    }

    [GeneratedRegex("""
        (?<url>\b[a-z][a-z0-9+]{1,20}://[^\s:@/`'"<>]{0,200}:(?![X*.<$]{3}|password@|pass@|secret@)[^\s@/`'"<>]{3,200}@)
        |(?<key>-----BEGIN\ [A-Z ]{0,20}PRIVATE\ KEY-----)
        |\b(?<token>gh[pousr]_[A-Za-z0-9]{20,255}|github_pat_[A-Za-z0-9_]{20,255}|xox[abeoprs]-[A-Za-z0-9-]{10,255}|HRKU-[A-Za-z0-9_-]{20,255}|AKIA[0-9A-Z]{16}|sk_live_[A-Za-z0-9]{16,255}|rk_live_[A-Za-z0-9]{16,255}|AIza[A-Za-z0-9_-]{30,60}|eyJ[A-Za-z0-9_-]{10,2000}\.eyJ[A-Za-z0-9_-]{10,2000}|SG\.[A-Za-z0-9_-]{16,100}\.[A-Za-z0-9_-]{16,100}|sntrys_[A-Za-z0-9_=+/]{20,255}|glpat-[A-Za-z0-9_-]{16,100}|npm_[A-Za-z0-9]{30,60})
        |hooks\.slack\.com/(?<hook>services/T[A-Z0-9]{3,20}/B[A-Z0-9]{3,20}/[A-Za-z0-9]{8,40})
        |(?<assigned>\b[A-Z0-9_]{0,60}(?:SECRET|PASSWORD|PASSWD|TOKEN|API_?KEY|PRIVATE_KEY|ACCESS_KEY)[A-Z0-9_]{0,60}=["']?(?![$<"'X*(])[^\s`"']{4,500})
        """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Known();

    [GeneratedRegex(@"\bconfig:(set|add)\b[^`]*")]
    private static partial Regex SetCommand();

    [GeneratedRegex("""(?<name>\b[A-Za-z_]\w*)=(?!"?\$\(<|\([0-9]+ characters\))(?<value>'[^']*'|"[^"]*"|[^\s'"]+)""")]
    private static partial Regex Assignment();
}
