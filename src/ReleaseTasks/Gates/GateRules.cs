namespace ReleaseTasks.Gates;

/// <summary>The team's own rules, from its settings.</summary>
public sealed record GateRules
{
    /// <summary>Logins; at least half of them must approve.</summary>
    public required IReadOnlyList<string> LeadingDevelopers { get; init; }

    /// <summary>Logins of the ops people.</summary>
    public IReadOnlyList<string> Ops { get; init; } = [];

    /// <summary>Where pull requests go. Default: <c>master</c>.</summary>
    public string MainBranch { get; init; } = "master";

    /// <summary>Null for a rehearsal, which may run at any hour.</summary>
    public DeploymentWindow? Window { get; init; } = new();

    /// <summary>Checks that must pass besides those that the branch requires.</summary>
    public IReadOnlyList<string> RequiredChecks { get; init; } = [];

    /// <summary>Whether an approval of an earlier head counts. Default: no.</summary>
    public bool CountStaleApprovals { get; init; }

    /// <summary>Requests that a roll-out and its rollback may need. Default: 300.</summary>
    public int RequestsNeeded { get; init; } = 300;
}
