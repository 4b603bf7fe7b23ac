namespace ReleaseTasks.Gates;

/// <summary>A question that must be answered yes before anything changes. It only looks at the facts: asking changes nothing.</summary>
/// <param name="Name">What the operator reads, such as <c>approved</c>.</param>
/// <param name="Ask">The question.</param>
internal sealed record Gate(string Name, Func<GateFacts, GateAnswer> Ask);
