using Microsoft.Extensions.Time.Testing;
using ReleaseTasks.Sandbox.Databases;

namespace ReleaseTasks.Sandbox.Tests.Databases;

public sealed class SimulatedDatabases
{
    private readonly CancellationToken _ct = CancellationToken.None;
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 23, 9, 0, 0, TimeSpan.Zero));
    private string _folder = "";
    private SimulatedEngine _engine = null!;

    [SetUp]
    public void Open()
    {
        _folder = Directory.CreateTempSubdirectory("simulated-").FullName;
        _engine = new SimulatedEngine(_folder, "PostgreSQL was not found", _time);
    }

    [TearDown]
    public void Close() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void Say_what_is_missing() =>
        Assert.That(_engine.Notice, Is.EqualTo("PostgreSQL was not found: databases and migrations are simulated."));

    [Test]
    public async Task Go_back_to_the_revisions_of_then()
    {
        await _engine.CreateAsync("source", _ct);
        Record("source", "0001");
        _time.Advance(TimeSpan.FromMinutes(10));
        Record("source", "0002");

        await _engine.RollBackAsync("source", "back", _time.GetUtcNow().AddMinutes(-5), _ct);

        Assert.That(await ReadAsync("back"), Is.EqualTo(["2026-11-23T09:00:00Z 0001"]));
        Assert.That(
            () => _engine.RollBackAsync("source", "never", _time.GetUtcNow().AddHours(-1), _ct), Throws.InstanceOf<RollbackOutOfRangeException>());
    }

    [Test]
    public async Task Keep_what_they_had_when_they_are_made_again()
    {
        await _engine.CreateAsync("source", _ct);
        Record("source", "0001");

        await new SimulatedEngine(_folder, "", _time).CreateAsync("source", _ct);

        Assert.That(await ReadAsync("source"), Has.Length.EqualTo(1));
    }

    [Test]
    public async Task Come_back_from_a_backup_and_go_when_destroyed()
    {
        await _engine.CreateAsync("source", _ct);
        Record("source", "0001");
        var backup = Path.Combine(_folder, "backup");

        await _engine.CaptureAsync("source", backup, _ct);
        Record("source", "0002");
        await _engine.RestoreAsync(backup, "source", _ct);
        Assert.That(await ReadAsync("source"), Is.EqualTo(["2026-11-23T09:00:00Z 0001"]));

        await _engine.DestroyAsync("source", _ct);
        await _engine.DestroyAsync("source", _ct);
        Assert.That(File.Exists(RevisionsOf("source")), Is.False);
    }

    private void Record(string database, string revision) =>
        File.AppendAllText(RevisionsOf(database), $"{_time.GetUtcNow():yyyy-MM-ddTHH:mm:ssZ} {revision}\n");

    private Task<string[]> ReadAsync(string database) => File.ReadAllLinesAsync(RevisionsOf(database), _ct);

    private string RevisionsOf(string database) => Path.Combine(SimulatedEngine.Folder(_folder), $"{database}.revisions");
}
