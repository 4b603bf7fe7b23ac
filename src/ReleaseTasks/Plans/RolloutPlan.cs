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

    /// <summary>Where each part stands in the text that was read; a part that isn't here is missing from it.</summary>
    public ValueList<PlanPlace> Places { get; init; } = [];

    /// <summary>The steps of one part; none for a part that consists of facts.</summary>
    public ValueList<PlannedStep> StepsOf(PlanPart part) => part switch
    {
        PlanPart.Backup => Backup,
        PlanPart.Deployment => Deployment,
        PlanPart.Verification => Verification,
        PlanPart.Rollback => Rollback,
        _ => [],
    };

    /// <summary>Every step of the plan, in the order of the template.</summary>
    public IEnumerable<PlannedStep> Steps => [.. Backup, .. Deployment, .. Verification, .. Rollback];

    /// <summary>The same plan without lines and columns: what it says, wherever it stands.</summary>
    public RolloutPlan Unplaced() => this with
    {
        Backup = Unplaced(Backup),
        Deployment = Unplaced(Deployment),
        Verification = Unplaced(Verification),
        Rollback = Unplaced(Rollback),
        Places = [],
    };

    private static ValueList<PlannedStep> Unplaced(ValueList<PlannedStep> steps) => [.. steps.Select(step => step with { Line = 0, Column = 0 })];

    /// <summary>What the author says that the steps may take; a step without a word of it takes no time worth counting.</summary>
    internal TimeSpan Expected =>
        RollOut.Select(step => (step.Work as Work.Deploy)?.Expected ?? TimeSpan.Zero).Aggregate(TimeSpan.Zero, (sum, next) => sum + next);

    /// <summary>The roll-out itself: the backups, then the deployment.</summary>
    public IEnumerable<PlannedStep> RollOut => Backup.Concat(Deployment);
}
