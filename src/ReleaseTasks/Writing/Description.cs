using System.Text.RegularExpressions;
using ReleaseTasks.Plans;

namespace ReleaseTasks.Writing;

/// <summary>A description that is being written: what stands there, with the parts that were given put in.</summary>
/// <param name="Markdown">Every byte around the given parts stays as it was found.</param>
internal sealed partial record Description(string Markdown)
{
    /// <summary>The procedure's Basic template with nothing filled in.</summary>
    public static Description Empty { get; } = new(PlanMarkdown.Format(new RolloutPlan()));

    private RolloutPlan Draft { get; } = PlanMarkdown.Parse(Markdown).Draft;

    public bool Lacks(PlanPart part) => Draft.Facts.Of(part).Count + Draft.StepsOf(part).Count == 0 && !Draft.Facts.None.Contains(part);

    /// <summary>Every part that <paramref name="other"/> fills in, as it says it.</summary>
    public Description With(Description other) => Enum.GetValues<PlanPart>().Where(part => !other.Lacks(part)).Aggregate(this, (description, part) => description.With(part, other.Draft));

    /// <summary>A part in the author's words: a line of its own for each item; steps get their number and box.</summary>
    public Description With(PlanPart part, string words) => With(part, Read(part, words));

    private Description With(PlanPart part, RolloutPlan said) => new(PlanMarkdown.Format(
        Draft with
        {
            Facts = Replaced(Draft.Facts, part, said.Facts),
            Backup = part == PlanPart.Backup ? Kept(Draft.Backup, said.Backup) : Draft.Backup,
            Deployment = part == PlanPart.Deployment ? Kept(Draft.Deployment, said.Deployment) : Draft.Deployment,
            Verification = part == PlanPart.Verification ? Kept(Draft.Verification, said.Verification) : Draft.Verification,
            Rollback = part == PlanPart.Rollback ? Kept(Draft.Rollback, said.Rollback) : Draft.Rollback,
        },
        Markdown));

    private static PlanFacts Replaced(PlanFacts facts, PlanPart part, PlanFacts said) => facts with
    {
        OriginalIssue = part == PlanPart.OriginalIssue ? said.OriginalIssue : facts.OriginalIssue,
        Downsides = part == PlanPart.Downsides ? said.Downsides : facts.Downsides,
        Risks = part == PlanPart.Risks ? said.Risks : facts.Risks,
        Assistants = part == PlanPart.Assistants ? said.Assistants : facts.Assistants,
        BackingServices = part == PlanPart.BackingServices ? said.BackingServices : facts.BackingServices,
        None = [.. facts.None.Where(none => none != part).Concat(said.None.Where(none => none == part)).Order()],
    };

    /// <summary>What was ticked stays ticked.</summary>
    private static ValueList<PlannedStep> Kept(ValueList<PlannedStep> old, ValueList<PlannedStep> said) =>
        [.. said.Select(step => step with { Ticked = step.Ticked || old.Any(before => before.Ticked && before.Words == step.Words) })];

    private static RolloutPlan Read(PlanPart part, string words)
    {
        string[] lines = [.. words.ReplaceLineEndings("\n").Split('\n').Select(line => line.TrimEnd()).Where(line => line.Length > 0)];
        var isList = lines.Length > 0 && Item().IsMatch(lines[0]);
        var isOne = lines.Length == 1 && (!PlanLabels.HoldsSteps(part) || None().IsMatch(lines[0]));
        var content = isList ? "\n\n" + string.Join('\n', lines)
            : isOne ? $" {lines[0].Trim()}"
            : string.Concat(lines.Select((line, index) => $"\n  {(PlanLabels.HoldsSteps(part) ? $"{index + 1}. [ ]" : "*")} {line.Trim()}"));
        return PlanMarkdown.Parse($"**{PlanLabels.Of(part)}**:{content}\n").Draft;
    }

    [GeneratedRegex(@"^\s*([-*+]|[0-9]{1,9}[.)])\s+\S")]
    private static partial Regex Item();

    [GeneratedRegex(@"^\s*none\s*\z", RegexOptions.IgnoreCase)]
    private static partial Regex None();
}
