using System.Text.RegularExpressions;
using Markdig;
using Markdig.Parsers;
using Markdig.Syntax;

namespace ReleaseTasks.Plans;

/// <summary>
/// Markdig's reading of a description: its blocks, without the inline texts. Commands and labels are found in the source itself, which is quicker and
/// leaves no room for the expensive corners of links and emphasis.
/// </summary>
internal static partial class PlanDocument
{
    /// <summary>GitHub takes no longer body (422).</summary>
    public const int MaxLength = 65_536;

    /// <summary>No plan is that long; a text of nothing but line breaks is.</summary>
    public const int MaxLines = 2_000;

    private const int MaxNesting = 24;

    private static readonly MarkdownPipeline Blocks = Pipeline();

    /// <summary>The blocks, or null where they are too many, or nested too deep, to be a plan.</summary>
    public static MarkdownDocument? Parse(SourceText source)
    {
        if (source.Lines > MaxLines)
        {
            return null;
        }

        for (var line = 0; line < source.Lines; line++)
        {
            if (NestsTooDeep(source.Text.AsSpan(source.StartOf(line)..source.EndOf(line))))
            {
                return null;
            }
        }

        try
        {
            return Markdown.Parse(source.Text, Blocks);
        }
        catch (ArgumentException)
        {
            // Markdig's only complaint about a text: its own limit of nesting, reached by indentation.
            return null;
        }
    }

    /// <summary>Markdig finds out about its limit only after it has opened thousands of quotes on one line, which takes half a second.</summary>
    private static bool NestsTooDeep(ReadOnlySpan<char> line)
    {
        if (line.Length <= MaxNesting)
        {
            return false;
        }

        var depth = 0;
        foreach (var marker in Marker().EnumerateMatches(line))
        {
            if (++depth > MaxNesting)
            {
                return !Rule().IsMatch(line);
            }
        }

        return false;
    }

    private static MarkdownPipeline Pipeline()
    {
        var builder = new MarkdownPipelineBuilder();
        builder.InlineParsers.Clear();
        var paragraphs = new Paragraphs();
        builder.BlockParsers.ReplaceOrAdd<ParagraphBlockParser>(paragraphs);
        builder.BlockParsers.Insert(0, new Labels(paragraphs));
        return builder.Build();
    }

    [GeneratedRegex(@"\G[ \t]*(?:>|(?:[-+*]|[0-9]{1,9}[.)])(?=[ \t]))")]
    private static partial Regex Marker();

    [GeneratedRegex(@"^[ \t]*(?:(?:-[ \t]*)+|(?:\*[ \t]*)+)$", RegexOptions.NonBacktracking)]
    private static partial Regex Rule();

    /// <summary>Paragraphs without link reference definitions, which would swallow lines and take quadratic time.</summary>
    private sealed class Paragraphs : ParagraphBlockParser
    {
        public override bool Close(BlockProcessor processor, Block block)
        {
            if (block is ParagraphBlock paragraph)
            {
                paragraph.Lines.Trim();
                return paragraph.Lines.Count > 0;
            }

            return true;
        }
    }

    /// <summary>
    /// A field's label begins a paragraph of its own. Markdown would make it the last words of the list item above it where no empty line stands between them,
    /// and authors don't see that on the screen.
    /// </summary>
    private sealed class Labels(Paragraphs paragraphs) : BlockParser
    {
        public override BlockState TryOpen(BlockProcessor processor)
        {
            if (processor.IsCodeIndent || !PlanLabels.MayStart(processor.Line.AsSpan()) || PlanLabels.AtStartOf(processor.Line.ToString(), boldOnly: processor.Column > 0) is null)
            {
                return BlockState.None;
            }

            processor.NewBlocks.Push(new ParagraphBlock(paragraphs) { Column = processor.Column, Span = new(processor.Line.Start, processor.Line.End) });
            return BlockState.Continue;
        }
    }
}
