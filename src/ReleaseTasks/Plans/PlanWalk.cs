using System.Text.RegularExpressions;
using Markdig.Syntax;
using ReleaseTasks.Plans.Linting;

namespace ReleaseTasks.Plans;

/// <summary>Goes once through a description's blocks and sorts every line into facts, steps and prose; what should have been a step and isn't becomes a problem.</summary>
internal sealed partial class PlanWalk(SourceText source, StepReader steps)
{
    private readonly BlockText _text = new(source);
    private readonly PlanDraft _draft = new();
    private readonly List<PlanProblem> _problems = [];
    private readonly Dictionary<(int Line, int Column), TaskBox.Place?> _boxes = [];
    private PlanPart? _part;
    private bool _inRollOut;
    private bool _afterList;
    private int _level;

    /// <summary>Where a part's content stands in the text; null where the part isn't there.</summary>
    public (int Start, int End)? ExtentOf(PlanPart part) => _draft.Extents.TryGetValue(part, out var extent) ? extent : null;

    public int EndOf(PlanPart part) => ExtentOf(part)?.End ?? int.MaxValue;

    /// <summary>The box of a step that was read here; null where GitHub shows none.</summary>
    public TaskBox.Place? BoxOf(PlannedStep step) => _boxes.GetValueOrDefault((step.Line, step.Column));

    public PlanReading Reading()
    {
        SettleProse();
        foreach (var (offset, kind) in PlanSecrets.In(source.Original))
        {
            Problem(offset, SecretRules.What(kind), SecretRules.Instead);
        }

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
            _afterList = block is ListBlock;
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
                ReadLines(paragraph);
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
        var text = _text.Of(heading).Trim('#', ' ', '\t', '=', '-', '\r', '\n');
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
            Open(part, heading.Span.Start, source.EndOf(source.LineAt(_text.EndOf(heading))));
        }
    }

    private void Open(PlanPart part, int offset, int content)
    {
        _part = part;
        var (line, column) = source.PlaceOf(offset);
        if (_draft.Places.TryGetValue(part, out var first))
        {
            Problem(offset, $"“{PlanLabels.Of(part)}” stands here a second time.", $"Keep one, with everything in it; the first is on line {first.Line}.");
            return;
        }

        _draft.Places[part] = (line, column);
        _draft.Cover(part, content, content);
    }

    /// <summary>A paragraph may hold several fields, one a line, and lines that were meant to be a list.</summary>
    private void ReadLines(Block block)
    {
        var said = new List<TextLine>();
        foreach (var line in _text.LinesOf(block))
        {
            if (PlanLabels.AtStartOf(line.Text) is var (part, length))
            {
                Say(said);
                Open(part, line.Offset, line.Offset + line.Text[..length].TrimEnd().Length);
                said = length < line.Text.Length ? [new(line.Offset + length, line.Text[length..])] : [];
            }
            else if (_part is { } steps && PlanLabels.HoldsSteps(steps) && Item().IsMatch(line.Text))
            {
                Say(said);
                said = [line];
            }
            else
            {
                said.Add(line);
            }
        }

        Say(said);
    }

    /// <summary>Lines that belong together: a fact, a step in spite of a list that GitHub doesn't see, or prose.</summary>
    private void Say(List<TextLine> lines)
    {
        if (_part is not { } part || lines.Count == 0)
        {
            return;
        }

        var words = string.Join('\n', lines.Select(line => line.Text));
        var item = Item().Match(words);
        if (None().IsMatch(words))
        {
            _draft.None.Add(part);
        }
        else if (!PlanLabels.HoldsSteps(part))
        {
            AddFact(part, lines[0].Offset, words);
        }
        else if (item.Success)
        {
            Warn(lines[0].Offset, "GitHub shows no list here, so there is no box to tick.", "Put an empty line before the list, and indent it by at most three blanks.");
            _draft.Lists.Add(part);
            AddStep(part, lines[0].Offset + item.Length, words[item.Length..]);
        }
        else
        {
            _draft.Prose.Add((part, lines[0].Offset, lines[^1].End, words));
            return;
        }

        Cover(part, lines[0].Offset, lines[^1].End);
    }

    /// <summary>Widens what is written anew when a part changes, back to the start of the line or to the label on it.</summary>
    private void Cover(PlanPart part, int start, int end)
    {
        while (start > 0 && source.Text[start - 1] is ' ' or '\t')
        {
            start--;
        }

        while (end > start && char.IsWhiteSpace(source.Text[end - 1]))
        {
            end--;
        }

        _draft.Cover(part, start, end);
    }

    private void ReadList(ListBlock list)
    {
        if (_part is null && _inRollOut)
        {
            Open(PlanPart.Deployment, list.Span.Start, source.StartOf(source.LineAt(list.Span.Start)));
        }

        foreach (var item in list.OfType<ListItemBlock>())
        {
            ReadItem(item);
        }
    }

    private void ReadItem(ListItemBlock item)
    {
        if (item is [ParagraphBlock first, ..] && _text.LinesOf(first) is [var line, ..] && PlanLabels.AtStartOf(line.Text, boldOnly: true) is not null)
        {
            Walk(item);
        }
        else if (_part is not { } part)
        {
            return;
        }
        else
        {
            Cover(part, item.Span.Start, _text.EndOf(item) + 1);
            ReadItem(part, item);
        }
    }

    private void ReadItem(PlanPart part, ListItemBlock item)
    {
        if (PlanLabels.HoldsSteps(part))
        {
            _draft.Lists.Add(part);
            ReadSteps(part, item);
            return;
        }

        var words = _text.WordsOf(item, _ => true);
        if (None().IsMatch(words))
        {
            _draft.None.Add(part);
        }
        else if (words.Length > 0)
        {
            AddFact(part, item.Span.Start, words);
        }
    }

    /// <summary>An item is a step, and so is each item inside it that has a box of its own or, where the outer one has neither box nor command, a command.</summary>
    private void ReadSteps(PlanPart part, ListItemBlock item)
    {
        var inner = InnerSteps(part, item);
        var words = _text.WordsOf(item, child => child is not ListBlock list || !inner.Contains(list));
        if (None().IsMatch(words))
        {
            _draft.None.Add(part);
        }
        else if (words.Length > 0 && (inner.Count == 0 || IsStep(part, words) || IsKnownByWords(part, words)))
        {
            AddStep(part, item is [LeafBlock leaf, ..] ? leaf.Span.Start : item.Span.Start, words, item);
        }

        foreach (var child in inner.SelectMany(list => list.OfType<ListItemBlock>()))
        {
            ReadSteps(part, child);
        }
    }

    private List<ListBlock> InnerSteps(PlanPart part, ListItemBlock item)
    {
        if (!item.Any(child => child is ListBlock))
        {
            return [];
        }

        var outerIsStep = IsStep(part, _text.WordsOf(item, child => child is not ListBlock));
        return [.. item.OfType<ListBlock>().Where(list => HoldsSteps(list, outerIsStep))];
    }

    private static bool IsStep(PlanPart part, string words) => Box().IsMatch(words) || StepText.Of(part, words).Commands.Count > 0;

    private bool IsKnownByWords(PlanPart part, string words) => steps.Read(StepText.Of(part, words)) is not [Work.Manual];

    private bool HoldsSteps(ListBlock list, bool outerIsStep) =>
        list.OfType<ListItemBlock>().Any(item =>
        {
            var words = _text.WordsOf(item, _ => true);
            return Box().IsMatch(words) || item.OfType<ListBlock>().Any(inner => HoldsSteps(inner, outerIsStep)) || (!outerIsStep && StepText.Of(PlanPart.Deployment, words).Commands.Count > 0);
        });

    /// <summary>Lines indented by four blanks were meant to be what they are without.</summary>
    private void ReadCode(CodeBlock code)
    {
        if (code is FencedCodeBlock fence)
        {
            ReadFence(fence);
            return;
        }

        if (_text.LinesOf(code).Any(line => PlanLabels.AtStartOf(line.Text) is not null || Item().IsMatch(line.Text)))
        {
            Warn(code.Span.Start, "GitHub shows this as code, because it is indented.", "Indent it by at most three blanks.");
        }

        ReadLines(code);
    }

    /// <summary>A block of commands that isn't indented under its step belongs to it all the same.</summary>
    private void ReadFence(FencedCodeBlock fence)
    {
        if (_part is not { } part)
        {
            return;
        }

        var text = _text.Dedented(fence);
        Cover(part, fence.Span.Start, _text.EndOf(fence) + 1);
        if (!PlanLabels.HoldsSteps(part))
        {
            AddFact(part, fence.Span.Start, text);
        }
        else if (_afterList && _draft.Steps(part) is [.., var last] && StepText.Of(part, last.Words).Commands.Count == 0)
        {
            _draft.Steps(part).RemoveAll(step => step.Line == last.Line);
            AddStep(part, source.StartOf(last.Line - 1) + last.Column - 1, $"{last.Words}\n{text}", ticked: last.Ticked);
        }
        else
        {
            _draft.Lists.Add(part);
            Warn(fence.Span.Start, "These commands belong to no item of the list, so there is no box to tick.", "Indent them under the step that they carry out.");
            AddStep(part, fence.Span.Start, text);
        }
    }

    /// <summary>Quotes and HTML are prose; a step that hides in them would be passed over.</summary>
    private void ReadAside(Block block)
    {
        if (_part is { } part && PlanLabels.HoldsSteps(part) && LooksLikeStep().IsMatch(_text.Of(block)))
        {
            Problem(block.Span.Start, block is HtmlBlock ? "What stands inside HTML isn't read, and it looks like steps." : "What stands in a quotation isn't read, and it looks like steps.",
                block is HtmlBlock ? "Put an empty line after the opening tag, or take the steps out of it." : "Take the steps out of the quotation.");
        }
    }

    private void AddFact(PlanPart part, int offset, string words)
    {
        RefuseHidden(offset, words.Split('\n').Where(line => PlanLabels.AtStartOf(line.Trim(), boldOnly: true) is not null));
        if (Decoration().IsMatch(words))
        {
            Warn(offset, "This says nothing.", "Say it in words, or write `None`.");
        }
        else if (Ladder().IsMatch(words))
        {
            Problem(offset, "This list is nested too deep to be read.", "Write one list, with at most one list inside it.");
        }
        else
        {
            _draft.Facts(part).Add(words);
        }
    }

    /// <summary>A label or a box in the middle of something else: its author takes it for one, and GitHub doesn't.</summary>
    private void RefuseHidden(int offset, IEnumerable<string> lines)
    {
        foreach (var line in lines.Select(line => line.Trim()))
        {
            Problem(offset, $"“{(line.Length <= 40 ? line : $"{line[..40]}…")}” is read as part of the text around it.", "Put an empty line before it, and indent it like the others of its kind.");
        }
    }

    private void AddStep(PlanPart part, int offset, string words, ListItemBlock? item = null, bool? ticked = null)
    {
        var isTicked = ticked ?? false;
        if (Box().Match(words) is { Success: true } box)
        {
            var place = item is null ? null : TaskBox.Of(source, item);
            if (place is null)
            {
                Warn(offset, "GitHub shows no box here.", "Write `1. [ ] ` before the step, with one blank on either side of the box, outside of quotations.");
            }

            isTicked = place is not null && source.Text[place.Mark] != ' ';
            offset += box.Length;
            _boxes[source.PlaceOf(offset)] = place;
            words = words[box.Length..];
        }

        words = words.Trim();
        RefuseHidden(offset, words.Split('\n').Where((line, index) => PlanLabels.AtStartOf(line.Trim(), boldOnly: true) is not null || (index > 0 && ItemWithBox().IsMatch(line))));
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
        foreach (var (part, offset, end, words) in _draft.Prose)
        {
            if (!_draft.Lists.Contains(part))
            {
                Cover(part, offset, end);
                AddStep(part, offset, words);
            }
            else if (part != PlanPart.Rollback && StepText.Of(part, words).Commands.Count > 0)
            {
                Warn(offset, "This command stands in the text around the steps, so it isn't carried out.", "Make it an item of the list.");
            }
        }
    }

    private void Problem(int offset, string what, string instead) => Add(offset, what, instead, PlanSeverity.Error);

    private void Warn(int offset, string what, string instead) => Add(offset, what, instead, PlanSeverity.Warning);

    private void Add(int offset, string what, string instead, PlanSeverity severity)
    {
        var (line, column) = source.PlaceOf(offset);
        _problems.Add(new(line, column, what, instead, severity));
    }

    [GeneratedRegex(@"^([-*+]|[0-9]{1,9}[.)])[ \t]+(?=\S)")]
    private static partial Regex Item();

    [GeneratedRegex(@"^[ \t]*([-*+]|[0-9]{1,9}[.)])[ \t]+\[[ xX]\][ \t]")]
    private static partial Regex ItemWithBox();

    [GeneratedRegex(@"^\[(?<mark>[ \txX✓✔*-]{0,3})\](?!\()[ \t]*")]
    private static partial Regex Box();

    [GeneratedRegex(@"^[-+*_#>~.=|`\s]*$")]
    private static partial Regex Decoration();

    [GeneratedRegex(@"^(?:(?:[-+*>]|[0-9]{1,9}[.)])[ \t]+){6}")]
    private static partial Regex Ladder();

    [GeneratedRegex(@"^(none|n/?a|nothing|no|-+|–|—)[.!]?$", RegexOptions.IgnoreCase)]
    private static partial Regex None();

    [GeneratedRegex(@"^[ \t>]*(([-*+]|[0-9]{1,9}[.)])[ \t]+\[|(\$ *)?heroku [a-z])|`heroku ", RegexOptions.Multiline)]
    private static partial Regex LooksLikeStep();
}
