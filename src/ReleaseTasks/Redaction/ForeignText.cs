using System.Buffers;
using System.Globalization;
using System.Text;

namespace ReleaseTasks.Redaction;

/// <summary>
/// Text that somebody else wrote, such as a log line, an exception or a service's answer, made fit to stand in a sentence of ours.
/// </summary>
internal static class ForeignText
{
    /// <summary>More than this is read in its own place.</summary>
    private const int Longest = 500;

    /// <summary>Marks, embeddings, overrides and isolates of writing from right to left; the two other line ends.</summary>
    private static readonly SearchValues<char> Turning =
        SearchValues.Create("\u061c\u200e\u200f\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069");

    /// <summary>One line without control characters, cut to what a person reads; how long it was is said.</summary>
    public static string Quote(string text)
    {
        var quoted = new StringBuilder();
        for (var i = 0; i < text.Length; i++)
        {
            var isPair = i + 1 < text.Length && char.IsSurrogatePair(text[i], text[i + 1]);
            var piece = isPair ? text.AsSpan(i++, 2) : IsObeyed(text[i]) ? Quoted(text, i) : text.AsSpan(i, 1);
            if (quoted.Length + piece.Length > Longest)
            {
                return quoted.Append(CultureInfo.InvariantCulture, $"… ({text.Length:N0} characters)").ToString();
            }

            quoted.Append(piece);
        }

        return quoted.ToString();
    }

    /// <summary>What an exception says: our own words as they are, anybody else's quoted.</summary>
    public static string WordsOf(Exception e) => e is ReleaseException ? e.Message : Quote(e.Message);

    /// <summary>Shows what a terminal would obey: control characters, and those that turn the direction of writing.</summary>
    /// <param name="text">Its line ends and tabs stay.</param>
    public static string ShowControls(string text)
    {
        if (!text.AsSpan().ContainsAnyExceptInRange(' ', '~'))
        {
            return text;
        }

        var shown = new StringBuilder(text.Length + 16);
        for (var i = 0; i < text.Length; i++)
        {
            var isLayout = text[i] is '\n' or '\t' || (text[i] == '\r' && i + 1 < text.Length && text[i + 1] == '\n');
            shown.Append(isLayout || !IsObeyed(text[i]) ? text.AsSpan(i, 1) : Shown(text[i]));
        }

        return shown.ToString();
    }

    private static bool IsObeyed(char c) => char.IsControl(c) || Turning.Contains(c);

    /// <summary>Behind a backslash it would look as if that were escaped, and what is broken there couldn't be put together.</summary>
    private static string Quoted(string text, int index) => (index > 0 && text[index - 1] == '\\' ? " " : "") + Shown(text[index]);

    /// <summary><c>\n</c>, <c>\x1b</c>, <c>\u202e</c></summary>
    private static string Shown(char c) => c switch
    {
        '\n' => @"\n",
        '\r' => @"\r",
        '\t' => @"\t",
        < '\u0080' => string.Create(CultureInfo.InvariantCulture, $@"\x{(int)c:x2}"),
        _ => string.Create(CultureInfo.InvariantCulture, $@"\u{(int)c:x4}"),
    };
}
