using System.Globalization;
using System.Text.Json;
using ReleaseTasks.Sandbox.Processes;
using ReleaseTasks.Sandbox.Serving;

namespace ReleaseTasks.Sandbox.Databases;

/// <summary>
/// Each database is a PostgreSQL cluster of its own, as on Heroku: with a base backup and an archive of its write-ahead log, from which a
/// point in time is recovered into a new cluster.
/// </summary>
internal sealed partial class PostgresEngine(string directory, PostgresBinaries binaries, Account account, TimeProvider time) : IDatabaseEngine
{
    private readonly StateFile<PostgresState> _file = new(StatePath(directory));
    private readonly Dictionary<string, Cluster> _running = [];
    private readonly SemaphoreSlim _making = new(1);
    private PostgresState? _state;
    private PostgresFolder? _folder;

    public string? Notice => null;

    public static string StatePath(string directory) => Path.Combine(Path.GetFullPath(directory), "postgres.json");

    public Task CreateAsync(string database, CancellationToken ct) => MakeAsync(database, () => CopyTemplateAsync(database, ct), ct);

    public Task RollBackAsync(string source, string database, DateTimeOffset to, CancellationToken ct) =>
        MakeAsync(database, () => RecoverAsync(source, database, to, ct), ct);

    public Task ForkAsync(string source, string database, CancellationToken ct) =>
        MakeAsync(database, () => CopyRunningAsync(source, database, ct), ct);

    public Task FollowAsync(string source, string database, CancellationToken ct) =>
        MakeAsync(database, () => FollowRunningAsync(source, database, ct), ct);

    public async Task UnfollowAsync(string database, CancellationToken ct)
    {
        using var _ = await TurnAsync(ct);
        var record = RecordOf(database);
        if (record.Leader is null)
        {
            return;
        }

        var (cluster, admin) = (await RunningAsync(database, ct), Admin(record.AdminPassword));
        await cluster.QueryAsync(admin, "select pg_promote() where pg_is_in_recovery()", ct);
        await BackUpAsync(cluster, admin, Folder.BaseOf(database), "tar", ct);
        State.Databases = State.Databases.SetItem(database, record with { Leader = null, BaseAt = time.GetUtcNow() });
        Save();
    }

    public async Task StartAsync(string database, CancellationToken ct)
    {
        using var _ = await TurnAsync(ct);
        await RunningAsync(database, ct);
    }

    public async Task DestroyAsync(string database, CancellationToken ct)
    {
        using var _ = await TurnAsync(ct);
        State.Databases = State.Databases.Remove(database);
        Save(); // from here on it's gone for good, however far the clearing away comes

        await StopAsync(database);
        await Folder.RemoveAsync(database, ct);
    }

    public Uri UrlOf(string database)
    {
        var record = RecordOf(database);
        var login = record.Credentials;
        return new($"postgres://{login.User}:{login.Password}@127.0.0.1:{record.Port}/{login.Database}");
    }

    public Task<DateTimeOffset> EarliestRollbackAsync(string database, CancellationToken ct) => Task.FromResult(RecordOf(database).BaseAt);

    public async Task<long> CaptureAsync(string database, string file, CancellationToken ct)
    {
        var cluster = await StartedAsync(database, ct);
        await RunClientAsync(cluster, database, ["pg_dump", "--format=custom", $"--file={file}"], ct);
        return new FileInfo(file).Length;
    }

    public async Task RestoreAsync(string file, string database, CancellationToken ct)
    {
        var cluster = await StartedAsync(database, ct);
        string[] restore =
        [
            "pg_restore", "--clean", "--if-exists", "--no-owner", "--no-privileges", "--single-transaction",
            $"--dbname={RecordOf(database).Credentials.Database}", file,
        ];
        await RunClientAsync(cluster, database, restore, ct);
    }

    public async Task<DatabaseFacts> DescribeAsync(string database, CancellationToken ct)
    {
        var cluster = await StartedAsync(database, ct);
        var lines = (await cluster.QueryAsync(RecordOf(database).Credentials, Description, ct)).Split('\n');
        var facts = JsonSerializer.Deserialize<DatabaseFacts>(lines[0], JsonSerializerOptions.Web)!;
        return facts with { Tables = [.. lines.Skip(1).Select(line => JsonSerializer.Deserialize<TableFacts>(line, JsonSerializerOptions.Web)!)] };
    }

    public async ValueTask DisposeAsync()
    {
        await _making.WaitAsync();
        using var _ = new Turn(_making);
        await Task.WhenAll(_running.Values.Select(cluster => cluster.DisposeAsync().AsTask()));
        _running.Clear();
    }

    // The second statement writes one more for each table, and psql runs those: rows are counted, since statistics are lost by a recovery.
    private const string Description = """
        select json_build_object(
            'version', split_part(current_setting('server_version'), ' ', 1),
            'bytes', pg_database_size(current_database()),
            'connections', (select count(*) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()),
            'tables', json_build_array());
        select format(
            'select json_build_object(''name'', %L, ''rows'', count(*), ''bytes'', pg_total_relation_size(%L)) from %s', c.relname, c.oid::regclass, c.oid::regclass)
        from pg_class c
        where c.relkind in ('r', 'p') and c.relnamespace not in ('pg_catalog'::regnamespace, 'information_schema'::regnamespace)
            and c.relnamespace::regnamespace::text not like 'pg\_%'
        order by c.relname \gexec
        """;

    private PostgresState State => _state ??= _file.Load();

    private PostgresFolder Folder => _folder ?? throw new InvalidOperationException("The folder is opened with the first turn.");

    private void Save() => _file.Save(State);

    private ClusterRecord RecordOf(string database) =>
        State.Databases.TryGetValue(database, out var record) ? record : throw new PostgresException($"There is no database {database}.");

    // One at a time: what is made, started and stopped shares the state and the machine's processors.
    private async Task<IDisposable> TurnAsync(CancellationToken ct)
    {
        await _making.WaitAsync(ct);
        try
        {
            _folder ??= await OpenFolderAsync(ct);
            return new Turn(_making);
        }
        catch
        {
            _making.Release();
            throw;
        }
    }

    private async Task<PostgresFolder> OpenFolderAsync(CancellationToken ct)
    {
        var folder = await PostgresFolder.OpenAsync(Path.Combine(Path.GetFullPath(directory), "postgres"), State.Folder, account, ct);
        State.Folder = folder.Path;
        Save();
        return folder;
    }

    private async Task<Cluster> StartedAsync(string database, CancellationToken ct)
    {
        using var _ = await TurnAsync(ct);
        return await RunningAsync(database, ct);
    }

    private async Task<Cluster> RunningAsync(string database, CancellationToken ct)
    {
        if (_running.TryGetValue(database, out var cluster) && await LoopbackPort.ListensAsync(cluster.Port, ct))
        {
            return cluster;
        }

        await StopAsync(database); // a postmaster that was killed may have left others behind, which end by themselves
        var record = RecordOf(database);
        cluster = await StartClusterAsync(database, record.Port, record.Leader is { } leader ? Following(leader) : [], ct);
        if (cluster.Port != record.Port)
        {
            State.Databases = State.Databases.SetItem(database, record with { Port = cluster.Port });
            Save();
        }

        return cluster;
    }

    private async Task<Cluster> StartClusterAsync(string database, int port, IEnumerable<string> settings, CancellationToken ct)
    {
        var cluster = await Cluster.StartAsync(binaries, account, Folder.DataOf(database), port, settings, ct);
        _running[database] = cluster;
        _ = KeepRunningAsync(database, cluster);
        return cluster;
    }

    /// <summary>Starts a database anew whose server was killed: whoever connects to it doesn't come by here.</summary>
    private async Task KeepRunningAsync(string database, Cluster cluster)
    {
        var wasKilled = await cluster.Exited != 0;
        using var _ = await TurnAsync(CancellationToken.None);
        if (!wasKilled || _running.GetValueOrDefault(database) != cluster)
        {
            return;
        }

        try
        {
            await RunningAsync(database, CancellationToken.None);
        }
        catch (Exception e) when (e is PostgresException or ToolException)
        {
            // Whoever asks for it next tries again, and is told.
        }
    }

    private async Task StopAsync(string database)
    {
        if (_running.Remove(database, out var cluster))
        {
            await cluster.DisposeAsync();
        }
    }

    private async Task RunClientAsync(Cluster cluster, string database, string[] command, CancellationToken ct) =>
        await Tool.RunAsync([binaries.PathOf(command[0]), .. command.Skip(1)], cluster.Environment(RecordOf(database).Credentials), "", ct);

    private static string Timestamp(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture) + "+00";

    private sealed class Turn(SemaphoreSlim gate) : IDisposable
    {
        public void Dispose() => gate.Release();
    }
}
