using System.Text.RegularExpressions;
using Markdig.Syntax;

namespace ReleaseTasks.Plans;

/// <summary>
/// What GitHub shows as a box, which is less than Markdown libraries take for one: marker, blank, brackets, blank, text, and no quotation around it.
/// </summary>
internal static partial class TaskBox
{
    /// <summary>A box: where the character between its brackets stands, where its line's text ends, and whether a note stands there already.</summary>
    public sealed record Place(int Mark, int LineEnd, bool HasNote);

    /// <summary>The box of an item; null where GitHub shows none.</summary>
    public static Place? Of(SourceText source, ListItemBlock item)
    {
        if (item is not [ParagraphBlock first, ..] || IsQuoted(item))
        {
            return null;
        }

        var line = source.LineAt(item.Span.Start);
        var text = source.Text[item.Span.Start..source.EndOf(line)];
        if (Shown().Match(text) is not { Success: true } match || item.Span.Start + match.Groups["box"].Index != first.Span.Start)
        {
            return null;
        }

        var end = EndOfText(source, first, line);
        return new(first.Span.Start + 1, end, source.HasNote(line, source.LineAt(end)));
    }

    /// <summary>The end of the box's line, or of the line on which a code span ends that begins there.</summary>
    private static int EndOfText(SourceText source, ParagraphBlock paragraph, int line)
    {
        var text = source.Text[paragraph.Span.Start..Math.Min(paragraph.Span.End + 1, source.Text.Length)];
        var end = source.EndOf(line);
        foreach (var span in CodeSpans.In(text))
        {
            if (paragraph.Span.Start + span.Start < end && paragraph.Span.Start + span.End > end)
            {
                end = source.EndOf(source.LineAt(paragraph.Span.Start + span.End - 1));
            }
        }

        while (char.IsWhiteSpace(source.Original[end - 1]))
        {
            end--;
        }

        return end;
    }

    private static bool IsQuoted(Block block)
    {
        for (var parent = block.Parent; parent is not null; parent = parent.Parent)
        {
            if (parent is QuoteBlock)
            {
                return true;
            }
        }

        return false;
    }

    [GeneratedRegex(@"^([-*+]|[0-9]{1,9}[.)])[ \t]+(?<box>\[[ xX]\])[ \t]+[^\s]")]
    private static partial Regex Shown();
}
