using System.Diagnostics;
using System.Globalization;
using ReleaseTasks.Sandbox.Processes;

namespace ReleaseTasks.Sandbox.Databases;

/// <summary>A running PostgreSQL cluster on a loopback port.</summary>
internal sealed class Cluster : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(10);

    private readonly PostgresBinaries _binaries;
    private readonly SupervisedProcess _postmaster;
    private readonly Queue<string> _log;
    private readonly string _data;

    private Cluster(PostgresBinaries binaries, SupervisedProcess postmaster, Queue<string> log, string data, int port)
    {
        (_binaries, _postmaster, _log, _data) = (binaries, postmaster, log, data);
        Port = port;
    }

    public int Port { get; }

    /// <summary>Ends with the postmaster, with its exit status: 0 where it was asked to stop.</summary>
    public Task<int> Exited => _postmaster.Exited;

    /// <summary>Starts the cluster in a folder and waits until it accepts connections, recovered and writable.</summary>
    /// <param name="binaries">PostgreSQL.</param>
    /// <param name="account">Whom it runs as.</param>
    /// <param name="data">The cluster's folder; its log is archived into the folder beside it that has <c>.wal</c> at the end of its name.</param>
    /// <param name="port">The port that it had, or 0. Where another program has it by now, a free one is taken.</param>
    /// <param name="settings">Settings for this run alone, such as a recovery target.</param>
    /// <param name="ct">Stops it again.</param>
    public static async Task<Cluster> StartAsync(
        PostgresBinaries binaries, Account account, string data, int port, IEnumerable<string> settings, CancellationToken ct)
    {
        await StopOrphanAsync(binaries, account, data, ct);
        var log = new Queue<string>();
        port = LoopbackPort.Find(port);
        var all = Settings(port, $"../{Path.GetFileName(data)}.wal").Concat(settings);
        var command = account.Run([binaries.PathOf("postgres"), "-D", data, .. all.SelectMany(setting => new[] { "-c", setting })]);
        var environment = new Dictionary<string, string> { ["PATH"] = "/usr/local/bin:/usr/bin:/bin", ["LC_ALL"] = "C" };
        var plan = new ProcessPlan(command[0], [.. command.Skip(1)], "/", environment, "INT", StopLimit);
        var cluster = new Cluster(binaries, SupervisedProcess.Start(plan, line => Remember(log, line)), log, data, port);
        try
        {
            await cluster.ReadyAsync(ct);
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>Ends what a killed sandbox or postmaster left in the folder, and clears away its pid file, which would pass for a new one's.</summary>
    public static async Task StopOrphanAsync(PostgresBinaries binaries, Account account, string data, CancellationToken ct)
    {
        if (PidFile(data) is not [var pid, ..])
        {
            return;
        }

        if (IsPostmaster(pid, data))
        {
            try
            {
                await Tool.RunAsync(account.Run(binaries.PathOf("pg_ctl"), "stop", "-D", data, "-m", "fast", "-w"), ct);
            }
            catch (ToolException) when (!IsPostmaster(pid, data))
            {
                // Its supervisor was faster.
            }
        }

        await EndServersAsync(data, ct);
        File.Delete(Path.Combine(data, "postmaster.pid"));
    }

    /// <summary>Runs SQL; the answer is unadorned, a line for each row.</summary>
    /// <param name="login">Who asks, and in which database.</param>
    /// <param name="sql">Handed over on standard input, since it may hold a password.</param>
    /// <param name="ct">Gives up.</param>
    public Task<string> QueryAsync(Credentials login, string sql, CancellationToken ct) =>
        Tool.RunAsync([_binaries.PathOf("psql"), "-XAtq", "-v", "ON_ERROR_STOP=1"], Environment(login), sql, ct);

    /// <summary>What the client programs need to log in.</summary>
    public IReadOnlyDictionary<string, string> Environment(Credentials login) => new Dictionary<string, string>
    {
        ["PGHOST"] = "127.0.0.1",
        ["PGPORT"] = Port.ToString(CultureInfo.InvariantCulture),
        ["PGUSER"] = login.User,
        ["PGPASSWORD"] = login.Password,
        ["PGDATABASE"] = login.Database,
        ["PGCONNECT_TIMEOUT"] = "10",
    };

    /// <summary>Waits for something that PostgreSQL shows as a file.</summary>
    /// <exception cref="PostgresException">It took too long, or the cluster ended.</exception>
    public async Task WaitForAsync(Func<bool> condition, string what, CancellationToken ct)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (!condition())
        {
            if (_postmaster.Exited.IsCompleted || TimeProvider.System.GetElapsedTime(started) > StartLimit)
            {
                throw new PostgresException($"{what} (cluster {Path.GetFileName(_data)}). Its last words:\n{LastWords()}");
            }

            await Task.Delay(Moment, TimeProvider.System, ct);
        }
    }

    /// <summary>A fast shutdown: running transactions are undone, what was committed is kept.</summary>
    public ValueTask DisposeAsync() => _postmaster.DisposeAsync();

    // The last line of its pid file says what a postmaster is doing: starting, standby, ready, stopping.
    private Task ReadyAsync(CancellationToken ct) => WaitForAsync(
        () => PidFile(_data) is [_, _, _, _, _, _, _, var status, ..] && status.Trim() == "ready", "PostgreSQL didn't start", ct);

    private string LastWords()
    {
        lock (_log)
        {
            return string.Join('\n', _log);
        }
    }

    private static string[] Settings(int port, string wal) =>
    [
        $"port={port}",
        "listen_addresses=127.0.0.1",
        "unix_socket_directories=", // their paths may be 107 bytes long at most, and TCP is what the apps use
        "fsync=off", // safe against the death of any process; not against the machine's, for which there's SandboxReset
        "shared_buffers=16MB",
        "max_connections=40",
        "timezone=UTC",
        "log_timezone=UTC",
        "log_min_error_statement=panic", // a statement may hold a password
        "archive_mode=on",
        $"archive_command=cp %p {wal}/%f.part && mv {wal}/%f.part {wal}/%f",
    ];

    private static void Remember(Queue<string> log, string line)
    {
        lock (log)
        {
            log.Enqueue(line);
            if (log.Count > 15)
            {
                log.Dequeue();
            }
        }
    }

    // A pid is soon another process's: what runs there must have been started with our folder.
    private static bool IsPostmaster(string pid, string data)
    {
        try
        {
            return File.ReadAllText($"/proc/{pid}/cmdline").Split('\0').Contains(data);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    // Without their postmaster they end as soon as they look up from their work. Until then nobody else may write in their folder.
    private static async Task EndServersAsync(string data, CancellationToken ct)
    {
        while (ServersIn(data) is { Count: > 0 } servers)
        {
            servers.ForEach(server => server.Kill());
            await Task.WhenAll(servers.Select(server => server.WaitForExitAsync(ct)));
            servers.ForEach(server => server.Dispose());
        }
    }

    /// <summary>PostgreSQL's processes work in their cluster's folder; those of others can't be looked into.</summary>
    private static List<Process> ServersIn(string data) =>
        Directory.Exists("/proc/self") ? [.. Process.GetProcesses().Where(process => FolderOf(process) == data)] : [];

    private static string? FolderOf(Process process)
    {
        try
        {
            return new DirectoryInfo($"/proc/{process.Id}/cwd").LinkTarget;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static string[] PidFile(string data)
    {
        try
        {
            return File.ReadAllLines(Path.Combine(data, "postmaster.pid"));
        }
        catch (IOException)
        {
            return [];
        }
    }
}

/// <summary>PostgreSQL didn't do what it should have.</summary>
internal sealed class PostgresException(string message) : Exception(message);
