using ReleaseTasks.Plans;

namespace ReleaseTasks.Gates;

/// <summary>All that the gates look at, gathered before the first is asked.</summary>
public sealed record GateFacts
{
    public required DateTimeOffset Now { get; init; }

    public required GateRules Rules { get; init; }

    public required RolloutPlan Plan { get; init; }

    /// <summary>What the lint refuses in the plan, each as the operator reads it.</summary>
    public IReadOnlyList<string> PlanProblems { get; init; } = [];

    /// <summary>Whether the roll-out has a commit built and releases it.</summary>
    public bool ReleasesBuild { get; init; }

    /// <summary>How long the roll-out is expected to take.</summary>
    public TimeSpan Expected { get; init; }

    /// <summary>
    /// Whether this roll-out has begun to change things: finishing it is safer than leaving it half done, so the gates that only guard its
    /// beginning stay open.
    /// </summary>
    public bool HasBegun { get; init; }

    /// <summary>Null for a plan from a file.</summary>
    public PullRequestFacts? PullRequest { get; init; }

    public required AppFacts App { get; init; }
}
