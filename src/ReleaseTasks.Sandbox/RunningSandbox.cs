namespace ReleaseTasks.Sandbox;

/// <summary>A sandbox that another process serves.</summary>
/// <param name="Address">Where: <c>http://127.0.0.1:PORT</c>.</param>
/// <param name="ProcessId">Who serves it.</param>
/// <param name="Environment">What a client needs to use it.</param>
/// <param name="Simulated">What of it isn't real.</param>
/// <param name="Time">How its time runs.</param>
public sealed record RunningSandbox(Uri Address, int ProcessId, IReadOnlyDictionary<string, string> Environment, SimulatedParts Simulated, SandboxTime Time)
{
    /// <summary>Shows no token.</summary>
    public override string ToString() => $"sandbox {Address} of process {ProcessId}";
}
