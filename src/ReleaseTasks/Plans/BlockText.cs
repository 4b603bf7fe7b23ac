using System.Text;
using Markdig.Syntax;

namespace ReleaseTasks.Plans;

/// <summary>One line of a block: where its text begins in the description, and the text without the blanks around it.</summary>
internal readonly record struct TextLine(int Offset, string Text)
{
    public int End => Offset + Text.Length;
}

/// <summary>The texts of Markdig's blocks, taken from the source.</summary>
internal sealed class BlockText(SourceText source)
{
    public string Of(Block block) => block.Span.Start > EndOf(block) ? "" : source.Text[block.Span.Start..(EndOf(block) + 1)];

    /// <summary>
    /// The last character's place. Markdig lets some spans end behind the text, those of fences that nothing closes too early, and those of headings before
    /// their closing marks.
    /// </summary>
    public int EndOf(Block block) => block switch
    {
        FencedCodeBlock fence => source.EndOf(Math.Min(source.LineAt(fence.Span.Start) + fence.Lines.Count + (fence.ClosingFencedCharCount > 0 ? 1 : 0), source.Lines - 1)) - 1,
        HeadingBlock => Math.Max(block.Span.End, source.EndOf(source.LineAt(Math.Min(block.Span.End, source.Text.Length - 1))) - 1),
        _ => Math.Min(block.Span.End, source.Text.Length - 1),
    };

    /// <summary>The lines that aren't blank, without indentation.</summary>
    public List<TextLine> LinesOf(Block block)
    {
        var lines = new List<TextLine>();
        foreach (var (start, end) in RangesOf(block))
        {
            var text = source.Text.AsSpan(start..end);
            if (!text.IsWhiteSpace())
            {
                lines.Add(new(start + text.Length - text.TrimStart().Length, text.Trim().ToString()));
            }
        }

        return lines;
    }

    /// <summary>An item's words: the chosen blocks of it, without the indentation that makes them its own.</summary>
    public string WordsOf(ListItemBlock item, Func<Block, bool> choose)
    {
        var words = new StringBuilder();
        var lastLine = 0;
        foreach (var block in item.Where(choose))
        {
            var text = block is ParagraphBlock ? string.Join('\n', LinesOf(block).Select(line => line.Text)) : block is CodeBlock and not FencedCodeBlock ? Indented(block) : Dedented(block);
            if (!string.IsNullOrWhiteSpace(text))
            {
                words.Append(words.Length == 0 ? "" : source.LineAt(block.Span.Start) > lastLine + 1 ? "\n\n" : "\n").Append(text);
                lastLine = source.LineAt(Math.Max(block.Span.Start, EndOf(block)));
            }
        }

        return words.ToString().Trim();
    }

    /// <summary>A block's lines, each with as much less indentation as its first line has.</summary>
    public string Dedented(Block block)
    {
        var lines = new List<string>();
        foreach (var (start, end) in RangesOf(block))
        {
            var line = source.Text[start..end].TrimEnd();
            var blanks = start == block.Span.Start ? 0 : Math.Min(block.Column, line.Length - line.TrimStart(' ', '\t').Length);
            lines.Add(line[blanks..]);
        }

        return string.Join('\n', lines).TrimEnd('\n');
    }

    /// <summary>Code by indentation, by four blanks and what its lines have more than its first one.</summary>
    private string Indented(Block block)
    {
        var lines = LinesOf(block);
        var first = source.PlaceOf(lines.Count > 0 ? lines[0].Offset : 0).Column;
        return string.Join('\n', lines.Select(line => new string(' ', 4 + Math.Clamp(source.PlaceOf(line.Offset).Column - first, 0, 16)) + line.Text));
    }

    private IEnumerable<(int Start, int End)> RangesOf(Block block)
    {
        var end = EndOf(block);
        for (var line = source.LineAt(block.Span.Start); line < source.Lines && source.StartOf(line) <= end; line++)
        {
            var start = Math.Max(source.StartOf(line), block.Span.Start);
            yield return (start, Math.Max(start, Math.Min(source.EndOf(line), end + 1)));
        }
    }
}
