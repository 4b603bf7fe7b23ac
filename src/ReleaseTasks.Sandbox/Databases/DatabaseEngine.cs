using ReleaseTasks.Sandbox.Serving;

namespace ReleaseTasks.Sandbox.Databases;

/// <summary>Real databases where the machine has PostgreSQL, simulated ones where it hasn't.</summary>
internal static class DatabaseEngine
{
    /// <summary>The engine for the sandbox in <paramref name="directory"/>.</summary>
    /// <param name="directory">The sandbox's folder.</param>
    /// <param name="time">The machine's clock: a database's history is in real time.</param>
    public static IDatabaseEngine Find(string directory, TimeProvider time) => (PostgresBinaries.Find(), Account.Find()) switch
    {
        (null, _) => new SimulatedEngine(directory, "PostgreSQL 13 or later was not found", time),
        (_, null) => new SimulatedEngine(directory, "PostgreSQL doesn't run as root, and setpriv to step down with was not found", time),
        var (binaries, account) => new PostgresEngine(directory, binaries, account, time),
    };

    /// <summary>Removes what a sandbox that isn't running keeps of its databases outside of its folder.</summary>
    public static void RemoveOutside(string directory)
    {
        var folder = new StateFile<PostgresState>(PostgresEngine.StatePath(directory)).Load().Folder;
        if (folder is not null && Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
