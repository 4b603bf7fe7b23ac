using System.Text.RegularExpressions;

namespace ReleaseTasks.Plans.Linting;

/// <summary>What the procedure wants to be written: every part, filled in, and people who can help.</summary>
internal static partial class SectionRules
{
    public static IEnumerable<PlanProblem> Check(RolloutPlan plan, PlanWorld world) =>
    [
        .. Enum.GetValues<PlanPart>().Where(part => IsRequired(plan, world, part)).SelectMany(part => Missing(plan, world, part)),
        .. Placeholders(plan),
        .. Assistants(plan, world),
        .. Doubled(plan),
    ];

    /// <summary>Work in progress needs its issue; and a plan and a way back as soon as it changes configuration or add-ons.</summary>
    private static bool IsRequired(RolloutPlan plan, PlanWorld world, PlanPart part) =>
        !world.IsWorkInProgress || part == PlanPart.OriginalIssue || (part is PlanPart.Deployment or PlanPart.Rollback && ChangesConfiguration(plan));

    private static bool ChangesConfiguration(RolloutPlan plan) =>
        plan.Facts.BackingServices.Count > 0
        || plan.RollOut.Any(step => step.Work is Work.SetConfigVar or Work.UnsetConfigVar or Work.BackUpConfigVar or Work.CreateRollbackDatabase or Work.DestroyAddon or Work.PromoteDatabase);

    private static IEnumerable<PlanProblem> Missing(RolloutPlan plan, PlanWorld world, PlanPart part)
    {
        var label = PlanLabels.Of(part);
        var mayBeNone = part is not (PlanPart.OriginalIssue or PlanPart.Deployment or PlanPart.Verification or PlanPart.Rollback);
        var saysNone = plan.Facts.None.Contains(part);
        if (plan.Facts.Of(part).Count > 0 || plan.StepsOf(part).Count > 0 || (saysNone && mayBeNone))
        {
            yield break;
        }

        var state = saysNone ? "says “None”" : plan.Places.Any(place => place.Part == part) ? "is empty" : "is missing";
        var reason = world.IsWorkInProgress && part != PlanPart.OriginalIssue ? ", and work in progress that changes configuration or add-ons needs it too" : "";
        yield return PlanLint.At(plan, part, $"“{label}” {state}{reason}.", ToWrite(part, mayBeNone));
    }

    private static string ToWrite(PlanPart part, bool mayBeNone) => part switch
    {
        PlanPart.OriginalIssue => "Link the issue: `**Original issue and supporting materials**: #3 increase navbar width`.",
        PlanPart.Deployment => "Write the steps: `1. [ ] Merge PR into master`.",
        PlanPart.Verification => "Write how to see that it works: `1. [ ] Monitor papertrail and getsentry`.",
        PlanPart.Rollback => "Write how to undo it: ``1. [ ] Rollback release to previous revision: `heroku rollback vXX` ``.",
        _ => mayBeNone ? $"Fill it in, or write `**{PlanLabels.Of(part)}**: None`." : "",
    };

    private static IEnumerable<PlanProblem> Placeholders(RolloutPlan plan) =>
    [
        .. from part in Enum.GetValues<PlanPart>()
           from fact in plan.Facts.Of(part)
           where Placeholder().IsMatch(fact)
           select PlanLint.At(plan, part, $"“{PlanLabels.Of(part)}” still holds a placeholder.", "Write what it stands for, or `None`."),
        .. from step in plan.Steps
           where Placeholder().IsMatch(step.Words)
           select PlanLint.At(step, "This step is still a placeholder.", "Write what is to be done, or remove its line."),
    ];

    private static IEnumerable<PlanProblem> Assistants(RolloutPlan plan, PlanWorld world)
    {
        var named = Assistance.Named(plan);
        if (named.Count == 0)
        {
            if (Assistance.IsNeeded(plan) && !world.IsWorkInProgress)
            {
                yield return PlanLint.At(plan, PlanPart.Assistants, "The migration is complex, and nobody of ops assists.", $"Name one: `**Deployment assistants**: {(world.Ops is [var first, ..] ? first : "dz0ny")}`.");
            }

            yield break;
        }

        var may = Assistance.Candidates(world.Ops ?? [], world.Author);
        foreach (var name in named.Where(name => world.Ops is not null && !may.Contains(name, StringComparer.OrdinalIgnoreCase)))
        {
            yield return PlanLint.At(
                plan,
                PlanPart.Assistants,
                string.Equals(name, world.Author, StringComparison.OrdinalIgnoreCase)
                    ? $"Deployment assistant “{name}” is the author, who can't be their own."
                    : $"Deployment assistant “{name}” isn't one of ops.",
                $"Name one of them: {string.Join(", ", may)}.");
        }
    }

    /// <summary>The box of a line that stands there twice can't be told from the other.</summary>
    private static IEnumerable<PlanProblem> Doubled(RolloutPlan plan) =>
        from step in plan.Steps.Where(step => step.Part == 1).GroupBy(step => step.Words).SelectMany(same => same.Skip(1))
        select PlanLint.At(step, "Another step has the same words, so neither box can be ticked for certain.", "Say it in other words, or remove one of them.", PlanSeverity.Warning);

    [GeneratedRegex(@"^\W*(x{3,}|tbd|todo|fixme|fill me in|lorem ipsum|\?{2,}|\.{3}|…)\W*$", RegexOptions.IgnoreCase)]
    private static partial Regex Placeholder();
}
