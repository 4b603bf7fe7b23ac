using ReleaseTasks.Running;

namespace ReleaseTasks.Reports;

/// <summary>What <c>Deploy</c> would do now, read from the world; looking changed nothing.</summary>
internal sealed record Preview
{
    public required string Rollout { get; init; }

    /// <summary><c>#3</c>, or the file that the plan comes from.</summary>
    public required string Source { get; init; }

    /// <summary>In the order in which they are carried out; those left to <c>Cleanup</c> last.</summary>
    public required IReadOnlyList<PreviewedStep> Steps { get; init; }

    /// <summary>The gates as they stand; those that were open when the roll-out began, once it has.</summary>
    public required IReadOnlyList<PreviewedGate> Gates { get; init; }

    /// <summary>Why <c>Deploy</c> would change nothing: the plan's faults, or how the roll-out ended.</summary>
    public IReadOnlyList<string> Refusals { get; init; } = [];

    /// <summary>What its author says that the roll-out may take.</summary>
    public required TimeSpan Expected { get; init; }

    /// <summary>That time against the deployment window.</summary>
    public required PreviewedGate Window { get; init; }

    /// <summary>What changes beside the steps' own effects: the lock, the boxes, the journal.</summary>
    public required IReadOnlyList<string> Beside { get; init; }

    public bool WouldBegin => Refusals.Count == 0 && Gates.All(gate => gate.IsOpen);
}

/// <param name="Station">Where <c>Deploy</c> carries it out; null for what <c>Cleanup</c> does.</param>
/// <param name="Name">As the journal will have it; null for what has no name yet.</param>
/// <param name="Effect">What it would change, from which value; once done, what was read back.</param>
internal sealed record PreviewedStep(Station? Station, string? Name, string Title, string Effect, PreviewedState State);

internal enum PreviewedState
{
    Open,

    /// <summary>An earlier run began it and didn't see its end: it is looked at again.</summary>
    Begun,
    Done,
}

internal sealed record PreviewedGate(bool IsOpen, string Text);
