namespace ReleaseTasks.Sandbox.Databases;

/// <summary>Real databases where the machine has PostgreSQL, simulated ones where it hasn't.</summary>
internal static class DatabaseEngine
{
    /// <summary>The engine for the sandbox in <paramref name="directory"/>.</summary>
    /// <param name="directory">The sandbox's folder.</param>
    /// <param name="time">The machine's clock: a database's history is in real time.</param>
    public static IDatabaseEngine Find(string directory, TimeProvider time) => new SimulatedEngine(directory, time);
}
