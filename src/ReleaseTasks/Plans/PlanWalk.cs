using System.Text.RegularExpressions;
using Markdig.Syntax;

namespace ReleaseTasks.Plans;

/// <summary>Goes once through a description's blocks and sorts every line into facts, steps and prose; what should have been a step and isn't becomes a problem.</summary>
internal sealed partial class PlanWalk(SourceText source, StepReader steps)
{
    private readonly PlanDraft _draft = new();
    private readonly List<PlanProblem> _problems = [];
    private PlanPart? _part;
    private bool _inRollOut;
    private int _level;

    public PlanReading Reading()
    {
        SettleProse();
        if (source.OpenComment >= 0)
        {
            Problem(source.OpenComment, "The comment that begins here is never closed, so GitHub hides everything after it.", "Close it with `-->`.");
        }

        if (_draft.Places.Count == 0)
        {
            Problem(0, "This isn't a roll-out plan: none of its headings was found.", "Start from the template: `## Solution`, `## Roll-out plan`, `## Verification plan`, `## Rollback strategy`.");
        }

        return new()
        {
            Draft = _draft.ToPlan(),
            Problems = [.. _problems.OrderBy(problem => problem.Line).ThenBy(problem => problem.Column)],
        };
    }

    public void Walk(ContainerBlock blocks)
    {
        foreach (var block in blocks)
        {
            Read(block);
        }
    }

    private void Read(Block block)
    {
        switch (block)
        {
            case HeadingBlock heading:
                Open(heading);
                break;
            case ParagraphBlock paragraph:
                ReadParagraph(paragraph);
                break;
            case ListBlock list:
                ReadList(list);
                break;
            case CodeBlock code:
                ReadCode(code);
                break;
            case HtmlBlock or QuoteBlock:
                ReadAside(block);
                break;
        }
    }

    private void Open(HeadingBlock heading)
    {
        var text = Text(heading).Trim('#', ' ', '\t', '=', '-', '\r', '\n');
        var (opens, part) = PlanLabels.Heading(text);
        if (opens == PlanLabels.Opens.Nothing)
        {
            if (heading.Level <= _level)
            {
                (_part, _inRollOut) = (null, false);
            }

            return;
        }

        _level = heading.Level;
        _inRollOut = opens == PlanLabels.Opens.RollOut || (opens == PlanLabels.Opens.Part && part is PlanPart.Backup or PlanPart.Deployment);
        _part = null;
        if (opens == PlanLabels.Opens.Part)
        {
            Open(part, heading.Span.Start);
        }
    }

    private void Open(PlanPart part, int offset)
    {
        _part = part;
        var (line, column) = source.PlaceOf(offset);
        if (_draft.Places.TryGetValue(part, out var first))
        {
            Problem(offset, $"“{PlanLabels.Of(part)}” stands here a second time.", $"Keep one, with everything in it; the first is on line {first.Line}.");
            return;
        }

        _draft.Places[part] = (line, column);
    }

    /// <summary>A paragraph may hold several fields, one a line, and lines that were meant to be a list.</summary>
    private void ReadParagraph(ParagraphBlock paragraph)
    {
        var said = new List<(int Offset, string Text)>();
        foreach (var (offset, text) in LinesOf(paragraph))
        {
            if (PlanLabels.AtStartOf(text) is var (part, length))
            {
                Said(said);
                Open(part, offset);
                said.Clear();
                var rest = text[length..];
                if (rest.Length > 0)
                {
                    said.Add((offset + length, rest));
                }
            }
            else if (_part is { } steps && PlanLabels.HoldsSteps(steps) && Item().Match(text) is { Success: true } item)
            {
                Said(said);
                said.Clear();
                Warn(offset, "GitHub shows no list here, so there is no box to tick.", "Put an empty line before the list, and indent it by at most three blanks.");
                said.Add((offset + item.Length, text[item.Length..]));
                _draft.Listed.Add(offset + item.Length);
            }
            else
            {
                said.Add((offset, text));
            }
        }

        Said(said);
    }

    /// <summary>A run of lines that belong together: a fact, a step without a list, or prose.</summary>
    private void Said(List<(int Offset, string Text)> lines)
    {
        if (_part is not { } part || lines.Count == 0)
        {
            return;
        }

        var words = string.Join('\n', lines.Select(line => line.Text));
        var offset = lines[0].Offset;
        if (None().IsMatch(words))
        {
            _draft.None.Add(part);
        }
        else if (!PlanLabels.HoldsSteps(part))
        {
            _draft.Facts(part).Add(words);
        }
        else if (_draft.Listed.Contains(offset))
        {
            _draft.Lists.Add(part);
            AddStep(part, offset, words);
        }
        else
        {
            _draft.Prose.Add((part, offset, words));
        }
    }

    private void ReadList(ListBlock list)
    {
        if (_part is null && _inRollOut)
        {
            Open(PlanPart.Deployment, list.Span.Start);
        }

        foreach (var item in list.OfType<ListItemBlock>())
        {
            ReadItem(item);
        }
    }

    private void ReadItem(ListItemBlock item)
    {
        if (item is [ParagraphBlock first, ..] && LinesOf(first) is [var (offset, line), ..] && PlanLabels.AtStartOf(line, boldOnly: true) is not null)
        {
            Walk(item);
        }
        else if (_part is not { } part)
        {
            return;
        }
        else if (PlanLabels.HoldsSteps(part))
        {
            _draft.Lists.Add(part);
            ReadSteps(part, item);
        }
        else if (Words(item, _ => true) is { Length: > 0 } words)
        {
            (None().IsMatch(words) ? () => _draft.None.Add(part) : (Action)(() => _draft.Facts(part).Add(words)))();
        }
    }

    /// <summary>An item is a step, and so is each item inside it that has a box of its own or, where the outer one has neither box nor command, a command.</summary>
    private void ReadSteps(PlanPart part, ListItemBlock item)
    {
        var ownWords = Words(item, child => child is not ListBlock);
        var box = Box().Match(ownWords);
        var inner = item.OfType<ListBlock>().Where(list => HoldsSteps(list, box.Success || StepText.Of(part, ownWords).Commands.Count > 0)).ToHashSet();
        var words = Words(item, child => child is not ListBlock list || !inner.Contains(list));
        var isTitle = inner.Count > 0 && !box.Success && StepText.Of(part, words).Commands.Count == 0;
        if (None().IsMatch(words))
        {
            _draft.None.Add(part);
        }
        else if (words.Length > 0 && !isTitle)
        {
            AddStep(part, item is [LeafBlock leaf, ..] ? leaf.Span.Start : item.Span.Start, words, item);
        }

        foreach (var child in inner.SelectMany(list => list.OfType<ListItemBlock>()))
        {
            ReadSteps(part, child);
        }
    }

    private bool HoldsSteps(ListBlock list, bool outerIsStep) =>
        list.OfType<ListItemBlock>().Any(item =>
        {
            var words = Words(item, _ => true);
            return Box().IsMatch(words) || item.OfType<ListBlock>().Any(inner => HoldsSteps(inner, outerIsStep)) || (!outerIsStep && StepText.Of(PlanPart.Deployment, words).Commands.Count > 0);
        });

    /// <summary>A block of commands that isn't indented under its step belongs to it all the same.</summary>
    private void ReadCode(CodeBlock code)
    {
        if (_part is not { } part)
        {
            return;
        }

        var text = Block(code, 0);
        if (!PlanLabels.HoldsSteps(part))
        {
            _draft.Facts(part).Add(text);
            return;
        }

        if (code is not FencedCodeBlock)
        {
            _draft.Lists.Add(part);
            foreach (var (offset, line) in LinesOf(code))
            {
                var item = Item().Match(line);
                Warn(offset, "GitHub shows this line as code, so there is no box to tick.", "Indent it by at most three blanks.");
                AddStep(part, offset + item.Length, line[item.Length..]);
            }
        }
        else if (_draft.Steps(part) is [.., var last] && StepText.Of(part, last.Words).Commands.Count == 0)
        {
            _draft.Remove(part, last.Line);
            AddStep(part, source.StartOf(last.Line - 1) + last.Column - 1, $"{last.Words}\n{text}", ticked: last.Ticked);
        }
        else if (StepText.Of(part, text).Commands.Count > 0)
        {
            _draft.Lists.Add(part);
            Warn(code.Span.Start, "These commands belong to no item of the list, so there is no box to tick.", "Indent them under the step that they carry out.");
            AddStep(part, code.Span.Start, text);
        }
    }

    /// <summary>Quotes and HTML are prose; a step that hides in them would be passed over.</summary>
    private void ReadAside(Block block)
    {
        if (_part is { } part && PlanLabels.HoldsSteps(part) && LooksLikeStep().IsMatch(Text(block)))
        {
            Problem(block.Span.Start, block is HtmlBlock ? "What stands inside HTML isn't read, and it looks like steps." : "What stands in a quotation isn't read, and it looks like steps.",
                block is HtmlBlock ? "Put an empty line after the opening tag, or take the steps out of it." : "Take the steps out of the quotation.");
        }
    }

    private void AddStep(PlanPart part, int offset, string words, ListItemBlock? item = null, bool? ticked = null)
    {
        var isTicked = ticked ?? false;
        if (Box().Match(words) is { Success: true } box)
        {
            var shown = item is not null && TaskBox.IsShown(source, item);
            if (!shown)
            {
                Warn(offset, "GitHub shows no box here.", "Write `1. [ ] ` before the step, with one blank on either side of the box, outside of quotations.");
            }

            isTicked = shown && box.Groups["mark"].Value is "x" or "X";
            offset += box.Length;
            words = words[box.Length..];
        }

        words = words.Trim();
        if (words.Length == 0)
        {
            Problem(offset, "This step says nothing.", "Say what is to be done, or remove its line.");
            return;
        }

        var (line, column) = source.PlaceOf(offset);
        var work = steps.Read(StepText.Of(part, words));
        for (var i = 0; i < work.Count; i++)
        {
            _draft.Steps(part).Add(new(work[i], words, isTicked, line, column) { Part = i + 1, Parts = work.Count });
        }

        if (work[0] is Work.Manual { Warning: { } warning })
        {
            Warn(offset, $"This step stays manual: {warning}.", "Write one plain command in back-ticks a step, or do it by hand and tick its box.");
        }
    }

    /// <summary>Prose is the step itself where a part has no list ("**Deployment steps**: Merge PR into master"); beside a list it's prose, commands or not.</summary>
    private void SettleProse()
    {
        foreach (var (part, offset, words) in _draft.Prose)
        {
            if (!_draft.Lists.Contains(part))
            {
                AddStep(part, offset, words);
            }
            else if (part != PlanPart.Rollback && StepText.Of(part, words).Commands.Count > 0)
            {
                Warn(offset, "This command stands in the text around the steps, so it isn't carried out.", "Make it an item of the list.");
            }
        }
    }

    /// <summary>An item's words: the chosen blocks of it, without the indentation that makes them its own.</summary>
    private string Words(ListItemBlock item, Func<Block, bool> choose)
    {
        var words = "";
        var lastLine = 0;
        foreach (var block in item.Where(choose))
        {
            var text = block is ParagraphBlock ? string.Join('\n', LinesOf(block).Select(line => line.Text)) : Block(block, block.Column);
            if (string.IsNullOrWhiteSpace(text))
            {
                continue;
            }

            words += words.Length == 0 ? text : block.Line > lastLine + 1 ? $"\n\n{text}" : $"\n{text}";
            lastLine = source.LineAt(Math.Max(block.Span.Start, EndOf(block)));
        }

        return words;
    }

    /// <summary>A block's lines with at most <paramref name="indent"/> blanks taken from the start of each.</summary>
    private string Block(Block block, int indent)
    {
        var end = EndOf(block);
        var lines = new List<string>();
        for (var line = source.LineAt(block.Span.Start); line < source.Lines && source.StartOf(line) <= end; line++)
        {
            var start = line == source.LineAt(block.Span.Start) ? block.Span.Start : source.StartOf(line);
            var text = source.Text[start..Math.Min(source.EndOf(line), end + 1)];
            var blanks = Math.Min(indent, text.Length - text.TrimStart(' ', '\t').Length);
            lines.Add((start == block.Span.Start ? text : text[blanks..]).TrimEnd());
        }

        return string.Join('\n', lines).TrimEnd('\n');
    }

    private List<(int Offset, string Text)> LinesOf(Block block)
    {
        var lines = new List<(int, string)>();
        var end = EndOf(block);
        for (var line = source.LineAt(block.Span.Start); line < source.Lines && source.StartOf(line) <= end; line++)
        {
            var start = Math.Max(source.StartOf(line), block.Span.Start);
            var stop = Math.Min(source.EndOf(line), end + 1);
            while (start < stop && char.IsWhiteSpace(source.Text[start]))
            {
                start++;
            }

            if (start < stop)
            {
                lines.Add((start, source.Text[start..stop].TrimEnd()));
            }
        }

        return lines;
    }

    private int EndOf(Block block) => Math.Min(block.Span.End, source.Text.Length - 1);

    private string Text(Block block) => block.Span.Start > EndOf(block) ? "" : source.Text[block.Span.Start..(EndOf(block) + 1)];

    private void Problem(int offset, string what, string instead) => Add(offset, what, instead, PlanSeverity.Error);

    private void Warn(int offset, string what, string instead) => Add(offset, what, instead, PlanSeverity.Warning);

    private void Add(int offset, string what, string instead, PlanSeverity severity)
    {
        var (line, column) = source.PlaceOf(offset);
        _problems.Add(new(line, column, what, instead, severity));
    }

    [GeneratedRegex(@"^([-*+]|\d{1,9}[.)])[ \t]+(?=\S)")]
    private static partial Regex Item();

    [GeneratedRegex(@"^\[(?<mark>[ \txX✓✔*-]{0,3})\](?!\()[ \t]*")]
    private static partial Regex Box();

    [GeneratedRegex(@"^(none|n/?a|nothing|no|-+|–|—)[.!]?$", RegexOptions.IgnoreCase)]
    private static partial Regex None();

    [GeneratedRegex(@"^[ \t>]*(([-*+]|\d{1,9}[.)])[ \t]+\[|(\$ *)?heroku [a-z])|`heroku ", RegexOptions.Multiline)]
    private static partial Regex LooksLikeStep();
}
