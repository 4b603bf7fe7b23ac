using ReleaseTasks.Plans.Linting;

namespace ReleaseTasks.Plans;

/// <summary>Judges a plan before anything is done: what the procedure demands, and what would hurt.</summary>
public static class PlanLint
{
    /// <summary>All problems of a plan, in the order of its text. Offline with <see cref="PlanWorld.Unknown"/>.</summary>
    public static ValueList<PlanProblem> Check(RolloutPlan plan, PlanWorld world) => Ordered([.. Rules(plan, world), .. SecretRules.Check(plan)]);

    /// <summary>The same for a description: its own problems and the plan's together, even where it is too faulty to be a plan.</summary>
    public static ValueList<PlanProblem> Check(PlanReading reading, PlanWorld world) =>
        reading.Draft.Places.Count == 0 ? reading.Problems : Ordered([.. reading.Problems, .. Rules(reading.Draft, world)]);

    private static IEnumerable<PlanProblem> Rules(RolloutPlan plan, PlanWorld world) =>
    [
        .. SectionRules.Check(plan, world),
        .. OrderRules.Check(plan, world),
        .. ReversalRules.Check(plan),
        .. DatabaseRules.Check(plan, world),
        .. DangerRules.Check(plan, world),
        .. SecretRules.Check(world),
    ];

    private static ValueList<PlanProblem> Ordered(IEnumerable<PlanProblem> problems) => [.. problems.Distinct().OrderBy(problem => problem.Line).ThenBy(problem => problem.Column)];

    /// <summary>A problem of a step.</summary>
    internal static PlanProblem At(PlannedStep step, string what, string instead, PlanSeverity severity = PlanSeverity.Error) =>
        new(Math.Max(step.Line, 1), Math.Max(step.Column, 1), what, instead, severity);

    /// <summary>A problem of a part, or of the whole where the part isn't there.</summary>
    internal static PlanProblem At(RolloutPlan plan, PlanPart part, string what, string instead, PlanSeverity severity = PlanSeverity.Error) =>
        plan.Places.FirstOrDefault(place => place.Part == part) is { } place ? new(place.Line, place.Column, what, instead, severity) : new(1, 1, what, instead, severity);
}
