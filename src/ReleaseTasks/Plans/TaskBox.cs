using System.Text.RegularExpressions;
using Markdig.Syntax;

namespace ReleaseTasks.Plans;

/// <summary>
/// What GitHub shows as a box, which is less than Markdown libraries take for one: marker, blank, brackets, blank, text, and no quotation around it.
/// </summary>
internal static partial class TaskBox
{
    public static bool IsShown(SourceText source, ListItemBlock item) => MarkOf(source, item) is not null;

    /// <summary>Where the character between the brackets stands; null where GitHub shows no box.</summary>
    public static int? MarkOf(SourceText source, ListItemBlock item)
    {
        if (item is not [ParagraphBlock first, ..] || IsQuoted(item))
        {
            return null;
        }

        var line = source.LineAt(item.Span.Start);
        if (source.LineAt(first.Span.Start) != line)
        {
            return null;
        }

        var text = source.Text[item.Span.Start..source.EndOf(line)];
        return Shown().Match(text) is { Success: true } match && item.Span.Start + match.Groups["box"].Index == first.Span.Start
            ? first.Span.Start + 1
            : null;
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

    [GeneratedRegex(@"^([-*+]|\d{1,9}[.)])[ \t]+(?<box>\[[ xX]\])[ \t]+[^\s]")]
    private static partial Regex Shown();
}
