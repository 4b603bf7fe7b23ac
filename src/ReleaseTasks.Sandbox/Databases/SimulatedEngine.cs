using System.Globalization;
using ReleaseTasks.Sandbox.Serving;

namespace ReleaseTasks.Sandbox.Databases;

/// <summary>
/// Databases for machines without PostgreSQL. All that is kept of one is the migrations it went through, a file with a line of time and
/// revision for each, so that a rolled back database is at the revision it had then.
/// </summary>
internal sealed class SimulatedEngine(string directory, string reason, TimeProvider time) : IDatabaseEngine
{
    private readonly Lock _lock = new();
    private readonly string _folder = Folder(directory);
    private readonly StateFile<Dictionary<string, DateTimeOffset>> _created = new(Path.Combine(Folder(directory), "databases.json"));

    public string Notice => $"{reason}: databases and migrations are simulated.";

    /// <summary>Where the revisions of simulated databases are kept, <c>{name}.revisions</c>.</summary>
    public static string Folder(string directory) => Path.Combine(Path.GetFullPath(directory), "simulated");

    public Task CreateAsync(string database, CancellationToken ct)
    {
        Make(database, []);
        return Task.CompletedTask;
    }

    public Task StartAsync(string database, CancellationToken ct) => Task.CompletedTask;

    public async Task RollBackAsync(string source, string database, DateTimeOffset to, CancellationToken ct)
    {
        var (earliest, now) = (CreatedAt(source), time.GetUtcNow());
        if (to < earliest || to > now)
        {
            throw new RollbackOutOfRangeException(source, to, earliest, now);
        }

        var history = await File.ReadAllLinesAsync(RevisionsOf(source), ct);
        Make(database, history.TakeWhile(line => TimeOf(line) <= to));
    }

    public async Task ForkAsync(string source, string database, CancellationToken ct) =>
        Make(database, await File.ReadAllLinesAsync(RevisionsOf(source), ct));

    public Task FollowAsync(string source, string database, CancellationToken ct) => ForkAsync(source, database, ct);

    public Task UnfollowAsync(string database, CancellationToken ct) => Task.CompletedTask;

    public Task DestroyAsync(string database, CancellationToken ct)
    {
        lock (_lock)
        {
            var created = _created.Load();
            if (created.Remove(database))
            {
                _created.Save(created);
                File.Delete(RevisionsOf(database));
            }
        }

        return Task.CompletedTask;
    }

    /// <summary>A URL that leads nowhere: port 9 is the discard service.</summary>
    public Uri UrlOf(string database) => new($"postgres://simulated:simulated@127.0.0.1:9/{database}");

    public Task<DateTimeOffset> EarliestRollbackAsync(string database, CancellationToken ct) => Task.FromResult(CreatedAt(database));

    public Task<long> CaptureAsync(string database, string file, CancellationToken ct)
    {
        File.Copy(RevisionsOf(database), file, overwrite: true);
        return Task.FromResult(new FileInfo(file).Length);
    }

    public Task RestoreAsync(string file, string database, CancellationToken ct)
    {
        File.Copy(file, RevisionsOf(database), overwrite: true);
        return Task.CompletedTask;
    }

    public Task<DatabaseFacts> DescribeAsync(string database, CancellationToken ct) =>
        Task.FromResult(new DatabaseFacts("simulated", new FileInfo(RevisionsOf(database)).Length, Connections: 0, Tables: []));

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private void Make(string database, IEnumerable<string> history)
    {
        lock (_lock)
        {
            var created = _created.Load();
            if (created.TryAdd(database, time.GetUtcNow()))
            {
                Directory.CreateDirectory(_folder);
                File.WriteAllLines(RevisionsOf(database), history);
                _created.Save(created);
            }
        }
    }

    private string RevisionsOf(string database) => Path.Combine(_folder, database + ".revisions");

    private DateTimeOffset CreatedAt(string database)
    {
        lock (_lock)
        {
            return _created.Load()[database];
        }
    }

    private static DateTimeOffset TimeOf(string line) =>
        DateTimeOffset.Parse(line.Split(' ')[0], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}
