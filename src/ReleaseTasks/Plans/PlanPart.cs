namespace ReleaseTasks.Plans;

/// <summary>The parts of a roll-out plan, in the order in which the procedure's template has them.</summary>
public enum PlanPart
{
    OriginalIssue,
    Downsides,
    Risks,
    Assistants,
    BackingServices,
    Backup,
    Deployment,
    Verification,
    Rollback,
}

/// <summary>Where a part's heading or label stands, counted from 1.</summary>
public sealed record PlanPlace(PlanPart Part, int Line, int Column);
