namespace ReleaseTasks.Gates;

/// <summary>Asks every gate, so that all refusals can be shown together.</summary>
internal static class Gatekeeper
{
    /// <summary>Before a roll-out, in the order in which the operator reads them.</summary>
    public static IReadOnlyList<Gate> RollOut { get; } =
    [
        PlanGates.Lint,
        .. PullRequestGates.All,
        PlanGates.Assistant,
        AppGates.Window,
        StackGate.Stack,
        AppGates.Owner,
        AppGates.RollbackRange,
        AppGates.Preboot,
        AppGates.RateLimit,
        AppGates.Lock,
    ];

    public static IReadOnlyList<GateResult> Ask(IEnumerable<Gate> gates, GateFacts facts) =>
        [.. gates.Select(gate => new GateResult(gate.Name, gate.Ask(facts)))];
}
