using ReleaseTasks.Journals;

namespace ReleaseTasks.Reports;

/// <summary>Where things stand with an app: what is remembered, and what was read just now.</summary>
internal sealed record Status
{
    public required string App { get; init; }

    /// <summary>The roll-out in one sentence.</summary>
    public required string Standing { get; init; }

    /// <summary>Null where this checkout remembers none.</summary>
    public RunState? Rollout { get; init; }

    /// <summary>Why what is known of the roll-out isn't vouched for, in one sentence; null where it is.</summary>
    public string? Doubt { get; init; }

    /// <summary>The app in one sentence, read just now.</summary>
    public string? AppStanding { get; init; }

    public IReadOnlyList<Leftover> Leftovers { get; init; } = [];

    /// <summary>Why nobody could be asked for leftovers; null where they were looked for.</summary>
    public string? LeftoversUnknown { get; init; }

    /// <summary>What to type next.</summary>
    public IReadOnlyList<string> Next { get; init; } = [];
}
