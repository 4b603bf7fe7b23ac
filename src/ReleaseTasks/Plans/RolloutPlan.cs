namespace ReleaseTasks.Plans;

/// <summary>What a pull request's description says will happen. A value: two plans of equal content are equal.</summary>
public sealed record RolloutPlan
{
    /// <summary>What the description says about the change, field by field.</summary>
    public PlanFacts Facts { get; init; } = new();

    /// <summary>"Backuping steps": done first, in this order.</summary>
    public ValueList<PlannedStep> Backup { get; init; } = [];

    /// <summary>"Deployment steps": done after the backups, in this order.</summary>
    public ValueList<PlannedStep> Deployment { get; init; } = [];

    /// <summary>"Verification plan": asked by <c>Verify</c>.</summary>
    public ValueList<PlannedStep> Verification { get; init; } = [];

    /// <summary>"Rollback strategy": compared with what the journal says has to be undone.</summary>
    public ValueList<PlannedStep> Rollback { get; init; } = [];

    /// <summary>The roll-out itself: the backups, then the deployment.</summary>
    public IEnumerable<PlannedStep> RollOut => Backup.Concat(Deployment);
}
