using System.Buffers;

namespace ReleaseTasks.Redaction;

/// <summary>
/// Finds what looks like a secret, whoever it belongs to: tokens by how they begin, accounts in addresses. What tells its kind stays
/// readable.
/// </summary>
internal static class TokenForms
{
    private const string Address = "://";
    private const int LongestAccount = 2_000;
    private const int ShortestToken = 16;

    private static readonly Form[] Forms =
    [
        new("sk_live_", 10), new("rk_live_", 10), new("sk_test_", 10), new("whsec_", 10),
        new("ghp_", 20), new("gho_", 20), new("ghu_", 20), new("ghs_", 20), new("ghr_", 20), new("github_pat_", 20), new("glpat-", 16),
        new("xoxa-", 10), new("xoxb-", 10), new("xoxe-", 10), new("xoxo-", 10), new("xoxp-", 10), new("xoxr-", 10), new("xoxs-", 10),
        new("AKIA", 16), new("ASIA", 16), new("AIza", 30), new("SG.", 30), new("HRKU-", 20), new("sntrys_", 20), new("npm_", 30),
        new("eyJ", 20), new("hooks.slack.com/services/", 20), new("PRIVATE KEY-----", 16),
    ];

    /// <summary>Before a token of any form, and ordinary words.</summary>
    private static readonly string[] Schemes = ["Bearer", "bearer", "BEARER", "Basic"];

    private static readonly Beginnings Suspects = new(3, [.. Forms.Select(form => form.Beginning), .. Schemes, Address]);

    /// <param name="strand">With its blanks: they end a token.</param>
    public static IEnumerable<Passage> In(Strand strand)
    {
        var from = 0;
        while (Suspects.Next(strand.Chars, from) is { } at)
        {
            var found = Find(strand.Chars, at);
            if (found is not null)
            {
                yield return found;
            }

            from = found?.End ?? at + 1;
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
                var token = TokenAt(text, begin, ShortestToken);
                return token is not null && text[token.Begin..token.End].ContainsAnyInRange('0', '9') ? token : null;
            }
        }

        foreach (var form in Forms)
        {
            if (text[at..].StartsWith(form.Beginning))
            {
                return TokenAt(text, at + form.Beginning.Length, form.Shortest);
            }
        }

        return null;
    }

    private static Passage? TokenAt(ReadOnlySpan<char> text, int begin, int shortest)
    {
        var length = text[begin..].IndexOfAnyExcept(Characters.OfTokens) is >= 0 and var end ? end : text.Length - begin;
        length = text.Slice(begin, length).TrimEnd('.').Length;
        return length >= shortest ? new(begin, begin + length) : null;
    }

    /// <summary><c>user:password@</c>, or a token in the user's place.</summary>
    private static Passage? AccountAt(ReadOnlySpan<char> text, int begin)
    {
        var address = text[begin..Math.Min(text.Length, begin + LongestAccount)];
        address = address.IndexOfAny(Characters.AfterAddresses) is >= 0 and var end ? address[..end] : address;
        var host = address.IndexOfAny('/', '?', '#') is >= 0 and var path ? address[..path] : address;
        if (host.LastIndexOf('@') is > 0 and var at)
        {
            return host[..at].Contains(':') || (at >= ShortestToken && !host[..at].Contains('.')) ? new(begin, begin + at) : null;
        }

        // A password should have its slashes escaped, and hasn't always. What follows a host's colon is a port.
        var isAccount = host.IndexOf(':') is >= 0 and var colon && host[(colon + 1)..].ContainsAnyExceptInRange('0', '9');
        return isAccount && address.LastIndexOf('@') is > 0 and var last ? new(begin, begin + last) : null;
    }

    /// <param name="Beginning">How such a token begins.</param>
    /// <param name="Shortest">How many characters follow at least.</param>
    private sealed record Form(string Beginning, int Shortest);

    /// <summary>Made when first needed, which few runs do.</summary>
    private static class Characters
    {
        public static readonly SearchValues<char> OfTokens =
            SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.~+/=-");

        public static readonly SearchValues<char> AfterAddresses = SearchValues.Create(" \"'<>`");
    }
}
