using ReleaseTasks.Sandbox.Processes;

namespace ReleaseTasks.Sandbox.Databases;

/// <summary>The folder of the clusters, which belongs to the user that runs them: everything in it is made and copied as that user.</summary>
internal sealed class PostgresFolder(string path, Account account)
{
    private const string Elsewhere = "sandbox-postgres-";
    private const string Home = "sandbox-folder";

    public string Path => path;

    public string Template => System.IO.Path.Combine(path, "template");

    /// <summary>A cluster's data.</summary>
    public string DataOf(string database) => System.IO.Path.Combine(path, database);

    /// <summary>Its base backup.</summary>
    public string BaseOf(string database) => DataOf(database) + ".base";

    /// <summary>Its write-ahead log from the base backup on.</summary>
    public string WalOf(string database) => DataOf(database) + ".wal";

    /// <summary>The folder at its usual place or, where the clusters' user can't get there, below the machine's temporary folder.</summary>
    public static async Task<PostgresFolder> OpenAsync(string usual, string? recorded, Account account, CancellationToken ct)
    {
        if (recorded is not null && Directory.Exists(recorded))
        {
            return new(recorded, account);
        }

        await account.MakeFolderAsync(usual, ct);
        if (await account.CanUseAsync(usual, ct))
        {
            return new(usual, account);
        }

        Directory.Delete(usual);
        RemoveForsaken();
        var elsewhere = Directory.CreateTempSubdirectory(Elsewhere).FullName;
        await File.WriteAllTextAsync(System.IO.Path.Combine(elsewhere, Home), System.IO.Path.GetDirectoryName(usual), ct);
        await account.MakeFolderAsync(elsewhere, ct);
        return new(elsewhere, account);
    }

    // Whoever deletes a sandbox's folder by hand doesn't know of the one that it has elsewhere.
    private static void RemoveForsaken()
    {
        foreach (var folder in Directory.GetDirectories(System.IO.Path.GetTempPath(), Elsewhere + "*"))
        {
            var home = System.IO.Path.Combine(folder, Home);
            if (File.Exists(home) && !Directory.Exists(File.ReadAllText(home)))
            {
                Directory.Delete(folder, recursive: true);
            }
        }
    }

    public Task MakeAsync(string folder, CancellationToken ct) => Tool.RunAsync(account.Run("mkdir", "-p", "-m", "700", folder), ct);

    public Task CopyAsync(string from, string to, CancellationToken ct) => Tool.RunAsync(account.Run("cp", "-Rp", from, to), ct);

    public Task UnpackAsync(string archive, string folder, CancellationToken ct) =>
        Tool.RunAsync(account.Run("tar", "-xf", archive, "-C", folder), ct);

    public Task TouchAsync(string file, CancellationToken ct) => Tool.RunAsync(account.Run("touch", file), ct);

    /// <summary>Removes all of a cluster that isn't running.</summary>
    public Task RemoveAsync(string database, CancellationToken ct) => RemoveAsync([DataOf(database), BaseOf(database), WalOf(database)], ct);

    public static Task RemoveAsync(IEnumerable<string> folders, CancellationToken ct) => Tool.RunAsync(["rm", "-rf", .. folders], ct);
}
