using ReleaseTasks.Sandbox.Serving;

namespace ReleaseTasks.Sandbox.Databases;

/// <summary>Real databases where the machine has PostgreSQL, simulated ones where it hasn't.</summary>
internal static class DatabaseEngine
{
    /// <summary>The engine for the sandbox in <paramref name="directory"/>.</summary>
    /// <param name="directory">The sandbox's folder.</param>
    /// <param name="time">The machine's clock: a database's history is in real time.</param>
    /// <param name="simulated">Whether they are to be simulated anyway.</param>
    public static IDatabaseEngine Find(string directory, TimeProvider time, bool simulated = false) => simulated ? new SimulatedEngine(directory, "As asked", time) : (PostgresBinaries.Find(), Account.Find()) switch
    {
        (null, _) => new SimulatedEngine(directory, "PostgreSQL 13 or later was not found", time),
        (_, null) => new SimulatedEngine(directory, "PostgreSQL doesn't run as root, and there is no setpriv to step down with", time),
        var (binaries, account) => new PostgresEngine(directory, binaries, account, time),
    };

    /// <summary>Removes the databases of a sandbox that isn't running, and ends those that still run after it was killed.</summary>
    public static void Remove(string directory)
    {
        var folder = new StateFile<PostgresState>(PostgresEngine.StatePath(directory)).Load().Folder;
        if (folder is null || !Directory.Exists(folder))
        {
            return;
        }

        if (PostgresBinaries.Find() is { } binaries && Account.Find() is { } account)
        {
            var clusters = Directory.GetDirectories(folder).Select(data => Cluster.StopOrphanAsync(binaries, account, data, CancellationToken.None));
            Task.WhenAll(clusters).GetAwaiter().GetResult();
        }

        Directory.Delete(folder, recursive: true);
    }
}
