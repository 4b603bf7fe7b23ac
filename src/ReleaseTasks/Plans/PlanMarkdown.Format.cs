using System.Text;
using System.Text.RegularExpressions;

namespace ReleaseTasks.Plans;

public static partial class PlanMarkdown
{
    /// <summary>Writes a plan in the form of the template. <see cref="Parse"/> reads the same plan from it, at other places.</summary>
    public static string Format(RolloutPlan plan)
    {
        var text = new StringBuilder();
        foreach (var part in Enum.GetValues<PlanPart>())
        {
            var content = part < PlanPart.Verification ? $"**{PlanLabels.Of(part)}**:{Inline(plan, part)}" : Lines(plan, part);
            text.Append(part switch
            {
                PlanPart.OriginalIssue => "## Solution\n",
                PlanPart.Risks => "\n## Roll-out plan\n",
                PlanPart.Verification or PlanPart.Rollback => $"\n## {PlanLabels.Of(part)}\n",
                _ => "",
            });
            text.Append(content).Append(content.Length > 0 ? "\n" : "");

            // Without the empty line, Markdown would take the next label for the list's last words.
            text.Append(content.Contains('\n', StringComparison.Ordinal) && part is not (PlanPart.Downsides or >= PlanPart.Deployment) ? "\n" : "");
        }

        return text.ToString();
    }

    /// <summary>
    /// Writes a plan into the text that <paramref name="original"/> is: a part that says something else than there is written anew, and every byte around it
    /// stays as it is. The same plan gives the same text.
    /// </summary>
    public static string Format(RolloutPlan plan, string original)
    {
        if (Walk(original, []) is not { } walk)
        {
            return Format(plan);
        }

        var old = walk.Reading().Draft;
        var newLine = original.Contains("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n";
        var text = original;
        foreach (var part in Enum.GetValues<PlanPart>().Where(part => !Same(plan, old, part)).OrderByDescending(walk.EndOf))
        {
            text = walk.ExtentOf(part) is var (start, end)
                ? $"{text[..start]}{Apart(Rewritten(plan, part, text, start), text[end..]).ReplaceLineEndings(newLine)}{text[end..]}"
                : $"{text}{(text.EndsWith('\n') ? "" : newLine)}{Missing(plan, part).ReplaceLineEndings(newLine)}";
        }

        return text;
    }

    private static bool Same(RolloutPlan one, RolloutPlan other, PlanPart part)
    {
        var (a, b) = (one.Unplaced(), other.Unplaced());
        return a.StepsOf(part).Equals(b.StepsOf(part)) && a.Facts.Of(part).Equals(b.Facts.Of(part)) && a.Facts.None.Contains(part) == b.Facts.None.Contains(part);
    }

    /// <summary>What stands in a part's place: after its label on the same line, or on lines of its own.</summary>
    private static string Rewritten(RolloutPlan plan, PlanPart part, string text, int start)
    {
        var line = start == 0 ? 0 : text.LastIndexOfAny(['\r', '\n'], start - 1) + 1;
        var before = text.AsSpan(line..start).Trim();
        return before.IsEmpty ? Lines(plan, part)
            : before[0] == '#' || before.IndexOfAnyExcept('-', '=') < 0 ? $"\n{Lines(plan, part)}"
            : Inline(plan, part);
    }

    /// <summary>Without an empty line behind it, GitHub takes the next label for a list's last words.</summary>
    private static string Apart(string written, string rest) =>
        written.Contains('\n', StringComparison.Ordinal) && NextLine().IsMatch(rest) ? $"{written}\n" : written;

    private static string Missing(RolloutPlan plan, PlanPart part) =>
        part < PlanPart.Verification ? $"\n**{PlanLabels.Of(part)}**:{Inline(plan, part)}\n" : $"\n## {PlanLabels.Of(part)}\n{Lines(plan, part)}\n";

    /// <summary>A part's content from the colon on: on the same line where it is a single one, else as a list below.</summary>
    private static string Inline(RolloutPlan plan, PlanPart part) =>
        plan.Facts.None.Contains(part) ? " None"
        : plan.Facts.Of(part) is [var fact] && !fact.Contains('\n', StringComparison.Ordinal) ? $" {fact}"
        : Lines(plan, part) is { Length: > 0 } lines ? $"\n{lines}" : "";

    private static string Lines(RolloutPlan plan, PlanPart part)
    {
        if (plan.Facts.None.Contains(part))
        {
            return "None";
        }

        // A bullet and asterisks together would be a rule across the page.
        var items = plan.Facts.Of(part).Select(fact => Item(fact.StartsWith('*') ? "  - " : "  * ", fact));
        var steps = plan.StepsOf(part).Where(step => step.Part == 1).Select((step, index) => Item($"  {index + 1}. ", $"{Box(step)}{step.Words}"));
        return string.Join('\n', items.Concat(steps));
    }

    private static string Item(string marker, string text) => marker + FollowingLine().Replace(text, $"$0{new string(' ', marker.Length)}");

    /// <summary>A box needs a line of text behind it: a fence would lose its first line to it.</summary>
    private static string Box(PlannedStep step) => FenceFirst().IsMatch(step.Words) ? "" : step.Ticked ? "[x] " : "[ ] ";

    [GeneratedRegex(@"\A[ \t]*\r?\n[ \t]*[^\s#]")]
    private static partial Regex NextLine();

    [GeneratedRegex(@"\n(?=[^\n])")]
    private static partial Regex FollowingLine();

    [GeneratedRegex(@"^(```|~~~)")]
    private static partial Regex FenceFirst();
}
