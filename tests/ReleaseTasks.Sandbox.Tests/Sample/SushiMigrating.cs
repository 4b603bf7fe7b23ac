using ReleaseTasks.Sandbox.Databases;
using ReleaseTasks.Sandbox.Dynos;
using ReleaseTasks.Sandbox.Sample;
using ReleaseTasks.Sandbox.Tests.Databases;

namespace ReleaseTasks.Sandbox.Tests.Sample;

/// <summary>The sample app's release phase, with PostgreSQL and alembic and without.</summary>
[TestFixture(true, true)]
[TestFixture(true, false)]
[TestFixture(false, false)]
public sealed class SushiMigrating(bool postgres, bool alembic)
{
    private readonly CancellationToken _ct = CancellationToken.None;
    private readonly List<string> _output = [];
    private string _folder = "";
    private IDatabaseEngine _databases = null!;
    private LocalDynos _dynos = null!;

    [OneTimeSetUp]
    public async Task Open()
    {
        _folder = Directory.CreateTempSubdirectory("sushi-").FullName;
        _databases = postgres ? DatabaseEngine.Find(_folder, TimeProvider.System) : new SimulatedEngine(_folder, "Nothing", TimeProvider.System);
        _dynos = LocalDynos.Find(_folder, realDatabases: alembic, grace: TimeSpan.FromSeconds(5));
        Assume.That(!postgres || _databases.Notice is null, _databases.Notice);
        Assume.That(!alembic || _dynos.Notice is null, _dynos.Notice);
        await WriteAsync("old", SampleFiles.Master);
        await WriteAsync("new", SampleFiles.Master);
        await WriteAsync("new", SampleFiles.RemoveUsername);
        await _databases.CreateAsync("postgresql-sushi", _ct);
        Assert.That(await RunAsync("old", "postgresql-sushi", "alembic upgrade head"), Is.Zero, Output);
        if (alembic)
        {
            Assert.That(await RunAsync("old", "postgresql-sushi", "python3 -m sushi.seed"), Is.Zero, Output);
        }
    }

    [OneTimeTearDown]
    public async Task Close()
    {
        await _dynos.DisposeAsync();
        await _databases.DisposeAsync();
        DatabaseEngine.Remove(_folder);
        Directory.Delete(_folder, recursive: true);
    }

    [Test]
    public async Task Goes_up_and_comes_back_by_a_rollback_database_and_the_old_revision_on_the_abandoned_one()
    {
        await _databases.RollBackAsync("postgresql-sushi", "postgresql-before", TimeProvider.System.GetUtcNow(), _ct);

        Assert.That(await RunAsync("new", "postgresql-sushi", "alembic upgrade head"), Is.Zero, Output);
        Assert.That(Output, Does.Contain("Running upgrade 0001 -> 0002, remove username, use email instead"));
        Assert.That(Output.Contains("simulated", StringComparison.Ordinal), Is.Not.EqualTo(alembic));
        Assert.That(await RevisionAsync("new", "postgresql-sushi"), Is.EqualTo("0002"));

        Assert.That(await RunAsync("old", "postgresql-sushi", "alembic upgrade head"), Is.EqualTo(255));
        Assert.That(_output, Has.Some.EqualTo("FAILED: Can't locate revision identified by '0002'"));

        Assert.That(await RunAsync("new", "postgresql-sushi", "alembic stamp --purge 0001"), Is.Zero, Output);
        Assert.That(await RunAsync("old", "postgresql-sushi", "alembic upgrade head"), Is.Zero, Output);

        Assert.That(await RevisionAsync("old", "postgresql-before"), Is.EqualTo("0001"));
        if (alembic)
        {
            var before = (await _databases.DescribeAsync("postgresql-before", _ct)).Tables;
            Assert.That(before.Select(table => (table.Name, table.Rows)), Is.EqualTo([("alembic_version", 1L), ("users", 36L)]));
        }
    }

    [Test]
    public async Task Goes_up_and_down_by_itself()
    {
        await _databases.ForkAsync("postgresql-sushi", "postgresql-swing", _ct);
        await RunAsync("new", "postgresql-swing", "alembic stamp --purge 0001");

        foreach (var (command, revision) in new[] { ("downgrade base", ""), ("upgrade head", "0002"), ("downgrade -1", "0001") })
        {
            Assert.That(await RunAsync("new", "postgresql-swing", $"alembic {command}"), Is.Zero, Output);
            Assert.That(await RevisionAsync("new", "postgresql-swing"), Is.EqualTo(revision));
        }
    }

    [Test]
    public async Task Refuses_a_revision_that_it_does_not_know()
    {
        await _databases.ForkAsync("postgresql-sushi", "postgresql-strict", _ct);

        Assert.That(await RunAsync("old", "postgresql-strict", "alembic stamp --purge 0815"), Is.EqualTo(255));
        Assert.That(_output, Has.Some.EqualTo("FAILED: Can't locate revision identified by '0815'"));
    }

    private string Output => string.Join('\n', _output);

    private async Task<string> RevisionAsync(string slug, string database)
    {
        if (postgres)
        {
            return await new Psql(_databases.UrlOf(database)).RunAsync("select version_num from alembic_version");
        }

        Assert.That(await RunAsync(slug, database, "alembic current 2>/dev/null"), Is.Zero, Output);
        return Output.Replace(" (head)", "", StringComparison.Ordinal);
    }

    private Task<int> RunAsync(string slug, string database, string command)
    {
        _output.Clear();
        var vars = new Dictionary<string, string> { ["DATABASE_URL"] = _databases.UrlOf(database).ToString(), ["MYVAR"] = "x" };
        return _dynos.RunAsync(new DynoStart("sushi", "release.1", Path.Combine(_folder, slug), command, vars), _output.Add, _ct);
    }

    private async Task WriteAsync(string slug, IReadOnlyDictionary<string, string> files)
    {
        foreach (var (path, text) in files)
        {
            var file = Path.Combine(_folder, slug, path);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            await File.WriteAllTextAsync(file, text, _ct);
        }
    }
}
