using System.Buffers;

namespace ReleaseTasks.Redaction;

/// <summary>Finds what looks like a secret whoever it belongs to: tokens by how they begin, accounts in addresses. What tells its kind stays readable.</summary>
internal static class TokenForms
{
    private const string Address = "://";
    private const int LongestAccount = 2_000;

    private const int ShortestToken = 16;

    /// <summary>How tokens begin, and how many characters follow at least.</summary>
    private static readonly (string Beginning, int Shortest)[] Forms =
    [
        ("sk_live_", 10), ("rk_live_", 10), ("sk_test_", 10), ("whsec_", 10),
        ("ghp_", 20), ("gho_", 20), ("ghu_", 20), ("ghs_", 20), ("ghr_", 20), ("github_pat_", 20),
        ("AKIA", 16), ("ASIA", 16), ("AIza", 30), ("SG.", 30), ("HRKU-", 20), ("sntrys_", 20), ("glpat-", 16), ("npm_", 30),
        ("xoxa-", 10), ("xoxb-", 10), ("xoxe-", 10), ("xoxo-", 10), ("xoxp-", 10), ("xoxr-", 10), ("xoxs-", 10), ("xapp-", 10),
        ("eyJ", 20),
        ("hooks.slack.com/services/", 20),
        ("PRIVATE KEY-----", 16),
    ];

    /// <summary>Before a token of any form, and an ordinary word.</summary>
    private static readonly string[] Schemes = ["Bearer", "bearer", "BEARER", "Basic"];

    private static readonly SearchValues<string> Beginnings = SearchValues.Create([.. Forms.Select(form => form.Beginning), .. Schemes, Address], StringComparison.Ordinal);
    private static readonly SearchValues<char> OfTokens = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.~+/=-");
    private static readonly SearchValues<char> AfterAddresses = SearchValues.Create(" \"'<>`");

    /// <param name="strand">With its blanks: they end a token.</param>
    public static IEnumerable<Passage> In(Strand strand)
    {
        var from = 0;
        while (strand.Chars[from..].IndexOfAny(Beginnings) is >= 0 and var next)
        {
            var at = from + next;
            if (Find(strand.Chars, at) is { } found)
            {
                yield return found;
                from = found.End;
            }
            else
            {
                from = at + 1;
            }
        }
    }

    private static Passage? Find(ReadOnlySpan<char> text, int at)
    {
        if (text[at..].StartsWith(Address))
        {
            return AccountAt(text, at + Address.Length);
        }

        foreach (var scheme in Schemes)
        {
            if (text[at..].StartsWith(scheme))
            {
                var begin = at + scheme.Length;
                begin += Math.Max(0, text[begin..].IndexOfAnyExcept(' '));
                return TokenAt(text, begin, ShortestToken) is { } token && text[token.Begin..token.End].ContainsAnyInRange('0', '9') ? token : null;
            }
        }

        foreach (var (beginning, shortest) in Forms)
        {
            if (text[at..].StartsWith(beginning))
            {
                return TokenAt(text, at + beginning.Length, shortest);
            }
        }

        return null;
    }

    private static Passage? TokenAt(ReadOnlySpan<char> text, int begin, int shortest)
    {
        var length = text[begin..].IndexOfAnyExcept(OfTokens) is >= 0 and var end ? end : text.Length - begin;
        length = text.Slice(begin, length).TrimEnd('.').Length;
        return length >= shortest ? new(begin, begin + length) : null;
    }

    /// <summary><c>user:password@</c>, or a token in the user's place.</summary>
    private static Passage? AccountAt(ReadOnlySpan<char> text, int begin)
    {
        var address = text[begin..Math.Min(text.Length, begin + LongestAccount)];
        address = address.IndexOfAny(AfterAddresses) is >= 0 and var end ? address[..end] : address;
        var host = address.IndexOfAny("/?#") is >= 0 and var path ? address[..path] : address;
        if (host.LastIndexOf('@') is > 0 and var at)
        {
            return host[..at].Contains(':') || (at >= ShortestToken && !host[..at].Contains('.')) ? new(begin, begin + at) : null;
        }

        // A password should have its slashes escaped, and hasn't always. What follows a host's colon is a port.
        var isAccount = host.IndexOf(':') is >= 0 and var colon && host[(colon + 1)..].ContainsAnyExceptInRange('0', '9');
        return isAccount && address.LastIndexOf('@') is > 0 and var last ? new(begin, begin + last) : null;
    }
}
