using System.Diagnostics;
using ReleaseTasks.Sandbox.Databases;
using ReleaseTasks.Sandbox.Processes;

namespace ReleaseTasks.Sandbox.Tests.Databases;

public sealed class PostgresRestarts
{
    private readonly CancellationToken _ct = CancellationToken.None;
    private string _folder = "";

    [OneTimeSetUp]
    public void Open()
    {
        _folder = Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), $"restarts-{Guid.NewGuid():N}")).FullName;
        var notice = DatabaseEngine.Find(_folder, TimeProvider.System).Notice;
        Assume.That(notice, Is.Null, notice);
    }

    [OneTimeTearDown]
    public void Close()
    {
        DatabaseEngine.Remove(_folder);
        Directory.Delete(_folder, recursive: true);
    }

    [Test]
    public async Task Find_every_database_as_it_was_left_and_leave_no_process_behind()
    {
        Uri url;
        await using (var engine = DatabaseEngine.Find(_folder, TimeProvider.System))
        {
            await engine.CreateAsync("postgresql-kept", _ct);
            url = engine.UrlOf("postgresql-kept");
            await new Psql(url).RunAsync("create table t (x int); insert into t values (42)");
        }

        Assert.That(await ProcessesAsync("postgresql-kept"), Is.Empty);
        await using var next = DatabaseEngine.Find(_folder, TimeProvider.System);
        await next.StartAsync("postgresql-kept", _ct);
        Assert.That(await new Psql(next.UrlOf("postgresql-kept")).RunAsync("select x from t"), Is.EqualTo("42"));
        Assert.That(next.UrlOf("postgresql-kept"), Is.EqualTo(url));
    }

    [Test]
    public async Task Leave_followers_following()
    {
        await using (var engine = DatabaseEngine.Find(_folder, TimeProvider.System))
        {
            await engine.CreateAsync("postgresql-ahead", _ct);
            await engine.FollowAsync("postgresql-ahead", "postgresql-behind", _ct);
        }

        await using var next = DatabaseEngine.Find(_folder, TimeProvider.System);
        await next.StartAsync("postgresql-ahead", _ct);
        await next.StartAsync("postgresql-behind", _ct);
        await new Psql(next.UrlOf("postgresql-ahead")).RunAsync("create table t ()");

        var behind = new Psql(next.UrlOf("postgresql-behind"));
        var started = TimeProvider.System.GetTimestamp();
        while (await behind.RunAsync("select to_regclass('t')") != "t")
        {
            Assert.That(TimeProvider.System.GetElapsedTime(started), Is.LessThan(TimeSpan.FromSeconds(30)), "it no longer follows");
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        }
    }

    [Test]
    public async Task Take_another_port_when_theirs_is_taken()
    {
        int port;
        await using (var engine = DatabaseEngine.Find(_folder, TimeProvider.System))
        {
            await engine.CreateAsync("postgresql-moved", _ct);
            port = engine.UrlOf("postgresql-moved").Port;
        }

        using var taken = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, port);
        taken.Start();
        await using var next = DatabaseEngine.Find(_folder, TimeProvider.System);
        await next.StartAsync("postgresql-moved", _ct);

        Assert.That(next.UrlOf("postgresql-moved").Port, Is.Not.EqualTo(port));
        Assert.That(await new Psql(next.UrlOf("postgresql-moved")).RunAsync("select 1"), Is.EqualTo("1"));
    }

    [Test]
    public async Task Recover_what_was_committed_when_the_postmaster_was_killed()
    {
        await using var engine = DatabaseEngine.Find(_folder, TimeProvider.System);
        await engine.CreateAsync("postgresql-hurt", _ct);
        await new Psql(engine.UrlOf("postgresql-hurt")).RunAsync("create table t (x int); insert into t values (42)");

        var postmaster = Process.GetProcessById(Postmaster("postgresql-hurt"));
        postmaster.Kill();
        await postmaster.WaitForExitAsync(_ct);
        await engine.StartAsync("postgresql-hurt", _ct);

        Assert.That(await new Psql(engine.UrlOf("postgresql-hurt")).RunAsync("select x from t"), Is.EqualTo("42"));
    }

    [Test]
    public async Task Come_up_again_by_themselves_where_they_were_when_their_postmaster_was_killed()
    {
        await using var engine = DatabaseEngine.Find(_folder, TimeProvider.System);
        await engine.CreateAsync("postgresql-risen", _ct);
        var app = new Psql(engine.UrlOf("postgresql-risen"));
        await app.RunAsync("create table t (x int); insert into t values (42)");
        var busy = app.RunAsync("begin; insert into t values (43); select pg_sleep(600)");
        await AnsweringAsync(app, "select count(*) from pg_stat_activity where query like '%pg_sleep(600)' and state = 'active'", "1");

        using var postmaster = Process.GetProcessById(Postmaster("postgresql-risen"));
        postmaster.Kill();
        await postmaster.WaitForExitAsync(_ct);

        await AnsweringAsync(app, "select x from t", "42");
        Assert.That(() => busy, Throws.InstanceOf<ToolException>());
    }

    [Test]
    public async Task Stay_down_when_they_were_stopped()
    {
        await using (var engine = DatabaseEngine.Find(_folder, TimeProvider.System))
        {
            await engine.CreateAsync("postgresql-gone", _ct);
            await engine.CreateAsync("postgresql-rests", _ct);
            await engine.DestroyAsync("postgresql-gone", _ct);
            await engine.StartAsync("postgresql-rests", _ct); // in its turn after whatever the end of the other has set off

            Assert.That(await ProcessesAsync("postgresql-gone"), Is.Empty);
        }

        Assert.That(await ProcessesAsync("postgresql-rests"), Is.Empty);
    }

    [Test]
    public async Task End_the_postmaster_that_a_killed_sandbox_left_behind()
    {
        await using var killed = DatabaseEngine.Find(_folder, TimeProvider.System);
        await killed.CreateAsync("postgresql-orphan", _ct);
        await new Psql(killed.UrlOf("postgresql-orphan")).RunAsync("create table t ()");
        var before = Postmaster("postgresql-orphan");

        await using var next = DatabaseEngine.Find(_folder, TimeProvider.System);
        await next.StartAsync("postgresql-orphan", _ct);

        Assert.That(Postmaster("postgresql-orphan"), Is.Not.EqualTo(before));
        Assert.That((await next.DescribeAsync("postgresql-orphan", _ct)).Tables, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task End_and_go_when_the_sandbox_is_reset_after_it_was_killed()
    {
        var folder = Directory.CreateDirectory(Path.Combine(_folder, "reset")).FullName;
        await using var killed = DatabaseEngine.Find(folder, TimeProvider.System);
        await killed.CreateAsync("postgresql-left", _ct);

        DatabaseEngine.Remove(folder);

        Assert.That(await ProcessesAsync(folder), Is.Empty);
        Assert.That(Directory.Exists(Path.Combine(folder, "postgres")), Is.False);
    }

    [Test]
    public async Task Clear_away_a_database_that_was_being_made()
    {
        var half = Path.Combine(_folder, "postgres", "postgresql-half");
        Directory.CreateDirectory(half);
        await File.WriteAllTextAsync(Path.Combine(half, "PG_VERSION"), "torn", _ct);
        await using var engine = DatabaseEngine.Find(_folder, TimeProvider.System);

        await engine.CreateAsync("postgresql-half", _ct);

        Assert.That(await new Psql(engine.UrlOf("postgresql-half")).RunAsync("select 1"), Is.EqualTo("1"));
    }

    [Test]
    public async Task Run_outside_of_a_folder_that_their_user_cannot_enter()
    {
        Assume.That(Environment.IsPrivilegedProcess, "only root steps down to a user that can't enter root's folders");
        var closed = Directory.CreateTempSubdirectory("closed-").FullName;
        await using var engine = DatabaseEngine.Find(closed, TimeProvider.System);

        await engine.CreateAsync("postgresql-outside", _ct);

        Assert.That(Directory.Exists(Path.Combine(closed, "postgres")), Is.False);
        Assert.That(await new Psql(engine.UrlOf("postgresql-outside")).RunAsync("select 1"), Is.EqualTo("1"));
        await engine.DisposeAsync();
        DatabaseEngine.Remove(closed);
        Directory.Delete(closed, recursive: true);
    }

    [Test]
    public async Task Clear_away_what_a_sandbox_had_elsewhere_when_its_folder_is_gone()
    {
        Assume.That(Environment.IsPrivilegedProcess, "only root steps down to a user that can't enter root's folders");
        var forsaken = Directory.CreateTempSubdirectory("sandbox-postgres-").FullName;
        await File.WriteAllTextAsync(Path.Combine(forsaken, "sandbox-folder"), Path.Combine(_folder, "deleted"), _ct);
        var closed = Directory.CreateTempSubdirectory("closed-").FullName;

        await using (var engine = DatabaseEngine.Find(closed, TimeProvider.System))
        {
            await engine.DestroyAsync("postgresql-none", _ct);
        }

        Assert.That(Directory.Exists(forsaken), Is.False);
        DatabaseEngine.Remove(closed);
        Directory.Delete(closed, recursive: true);
    }

    /// <summary>Waits for a database that may be away for a moment.</summary>
    private static async Task AnsweringAsync(Psql app, string question, string answer)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (await AskAsync(app, question) != answer)
        {
            Assert.That(TimeProvider.System.GetElapsedTime(started), Is.LessThan(TimeSpan.FromSeconds(30)), "nobody answers");
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        }
    }

    private static async Task<string?> AskAsync(Psql app, string question)
    {
        try
        {
            return await app.RunAsync(question);
        }
        catch (ToolException)
        {
            return null;
        }
    }

    private int Postmaster(string database) => int.Parse(File.ReadLines(Path.Combine(_folder, "postgres", database, "postmaster.pid")).First());

    private static async Task<IEnumerable<string>> ProcessesAsync(string trait) =>
        (await Tool.RunAsync(["ps", "-eo", "pid,args"], CancellationToken.None)).Split('\n').Where(line => line.Contains(trait));
}
