namespace ReleaseTasks.Plans;

/// <summary>What came of reading a description: a plan, or all the reasons why there is none. Warnings may stand beside a plan.</summary>
public sealed record PlanReading
{
    /// <summary>The plan; null where a problem is an error.</summary>
    public RolloutPlan? Plan => Problems.Any(problem => problem.Severity == PlanSeverity.Error) ? null : Draft;

    /// <summary>In the order of the text.</summary>
    public required ValueList<PlanProblem> Problems { get; init; }

    /// <summary>What could be read in spite of the problems, so that the lint can list its own beside them.</summary>
    internal RolloutPlan Draft { get; init; } = new();
}
