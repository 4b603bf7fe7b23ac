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
        AppGates.Access,
        StackGate.Stack,
        AppGates.Owner,
        AppGates.RollbackRange,
        AppGates.Preboot,
        AppGates.RateLimit,
        AppGates.Lock,
    ];

    public static IReadOnlyList<GateResult> Ask(IReadOnlyList<Gate> gates, GateFacts facts) =>
        [.. gates.Select(gate => new GateResult(gate.Name, Ask(gate, facts)))];

    /// <summary>What a gate asks about and nobody could read closes it.</summary>
    private static GateAnswer Ask(Gate gate, GateFacts facts)
    {
        try
        {
            return gate.Ask(facts);
        }
        catch (UnreadException e)
        {
            return new GateAnswer.Closed(e.Message, "Run the same command again once that answers.");
        }
    }
}
