using System.Text.RegularExpressions;

namespace ReleaseTasks.Plans;

/// <summary>A description with its HTML comments blanked out, character for character, so that every place in it is the same as in the original.</summary>
internal sealed partial class SourceText
{
    /// <summary>What <see cref="PlanMarkdown.Tick"/> puts around its notes. They are on the screen, but no words of the step.</summary>
    public const string NoteStart = "<!-- done -->";

    public const string NoteEnd = "<!-- /done -->";

    private readonly List<int> _lineStarts = [0];

    public SourceText(string original)
    {
        Original = original;
        for (var i = 0; i < original.Length; i++)
        {
            if (original[i] == '\n' || (original[i] == '\r' && (i + 1 == original.Length || original[i + 1] != '\n')))
            {
                _lineStarts.Add(i + 1);
            }
        }

        (Text, OpenComment) = WithoutComments(Note().Replace(original, note => new string(' ', note.Length)));
    }

    public string Original { get; }

    public string Text { get; }

    /// <summary>Where a comment begins that nothing closes: GitHub hides everything after it. Negative where there is none.</summary>
    public int OpenComment { get; }

    public int Lines => _lineStarts.Count;

    /// <summary>Line and column of a place, counted from 1.</summary>
    public (int Line, int Column) PlaceOf(int offset)
    {
        var line = _lineStarts.BinarySearch(offset);
        line = line < 0 ? ~line - 1 : line;
        return (line + 1, offset - _lineStarts[line] + 1);
    }

    public int StartOf(int line) => _lineStarts[line];

    /// <summary>Where a line's characters end, its line break not counted.</summary>
    public int EndOf(int line)
    {
        var end = line + 1 < _lineStarts.Count ? _lineStarts[line + 1] : Text.Length;
        while (end > _lineStarts[line] && Text[end - 1] is '\r' or '\n')
        {
            end--;
        }

        return end;
    }

    public bool HasNote(int firstLine, int lastLine) => Note().IsMatch(Original.AsSpan(StartOf(firstLine)..EndOf(lastLine)));

    public int LineAt(int offset) => PlaceOf(offset).Line - 1;

    /// <summary>
    /// A comment that begins its line may hold blank lines; one inside a line ends before the next blank line or is plain text. What stands in a fence or
    /// a code span is code.
    /// </summary>
    private static (string Text, int OpenComment) WithoutComments(string text)
    {
        var result = text.ToCharArray();
        string? fence = null;
        for (var line = 0; line < text.Length;)
        {
            var end = EndOfLine(text, line);
            fence = FenceAfter(text, line, end, fence);
            var comment = fence is null ? text.AsSpan(line, end - line).IndexOf("<!--", StringComparison.Ordinal) : -1;
            if (comment < 0)
            {
                line = end + 1;
                continue;
            }

            var start = line + comment;
            var before = text.AsSpan(line, comment);
            var opensBlock = Lead().IsMatch(before);
            var limit = opensBlock ? text.Length : EndOfParagraph(text, start);
            var close = text.AsSpan(start + 2, limit - start - 2).IndexOf("-->", StringComparison.Ordinal);
            if (close < 0 && opensBlock)
            {
                Blank(result, start, result.Length);
                return (new string(result), start);
            }

            if (close < 0 || before.Count('`') % 2 == 1)
            {
                line = start + 4;
                continue;
            }

            line = start + 2 + close + 3;
            Blank(result, start, line);
        }

        return (new string(result), -1);
    }

    private static int EndOfLine(string text, int from) => text.IndexOf('\n', from) is var end and >= 0 ? end : text.Length;

    private static int EndOfParagraph(string text, int from)
    {
        var end = EndOfLine(text, from);
        while (end < text.Length)
        {
            var next = EndOfLine(text, end + 1);
            if (text.AsSpan((end + 1)..next).IsWhiteSpace())
            {
                return end;
            }

            end = next;
        }

        return end;
    }

    private static string? FenceAfter(string text, int line, int end, string? fence)
    {
        if (Fence().Match(text, line, end - line) is not { Success: true } mark)
        {
            return fence;
        }

        var run = mark.Groups["run"].Value;
        var rest = text.AsSpan((mark.Index + mark.Length)..end);
        return fence is null ? run[0] == '`' && rest.Contains('`') ? null : run
            : run[0] == fence[0] && run.Length >= fence.Length && rest.IsWhiteSpace() ? null : fence;
    }

    private static void Blank(char[] text, int start, int end)
    {
        for (var i = start; i < end; i++)
        {
            text[i] = text[i] is '\r' or '\n' ? text[i] : ' ';
        }
    }

    [GeneratedRegex("<!-- done -->[^`<>\r\n]{0,300}<!-- /done -->")]
    private static partial Regex Note();

    [GeneratedRegex(@"\G[ \t]*(?:(?:[-*+]|[0-9]{1,9}[.)])[ \t]+)*(?<run>`{3,}|~{3,})")]
    private static partial Regex Fence();

    [GeneratedRegex(@"^[ \t]*(?:(?:[-*+>]|[0-9]{1,9}[.)])[ \t]+)*$")]
    private static partial Regex Lead();
}
