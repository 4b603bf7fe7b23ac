using ReleaseTasks.Sandbox.Databases;
using ReleaseTasks.Sandbox.Processes;

namespace ReleaseTasks.Sandbox.Tests.Databases;

public sealed class PostgresDatabases
{
    private readonly CancellationToken _ct = CancellationToken.None;
    private string _folder = "";
    private IDatabaseEngine _engine = null!;

    [OneTimeSetUp]
    public void Open()
    {
        _folder = Directory.CreateTempSubdirectory("databases-").FullName;
        _engine = DatabaseEngine.Find(_folder, TimeProvider.System);
        Assume.That(_engine.Notice, Is.Null, _engine.Notice);
    }

    [OneTimeTearDown]
    public async Task Close()
    {
        await _engine.DisposeAsync();
        DatabaseEngine.Remove(_folder);
        Directory.Delete(_folder, recursive: true);
    }

    [Test]
    public async Task Go_back_to_a_point_in_time_with_what_was_committed_by_then_and_nothing_later()
    {
        await _engine.CreateAsync("postgresql-flat-1", _ct);
        var source = new Psql(_engine.UrlOf("postgresql-flat-1"));
        await source.RunAsync("create table users (username text, email text); insert into users values ('before', 'before@example.com')");
        var between = await NowAndLaterAsync();
        await source.RunAsync("insert into users values ('after', 'after@example.com'); alter table users drop column username");

        await _engine.RollBackAsync("postgresql-flat-1", "postgresql-round-1", between, _ct);

        var recovered = new Psql(_engine.UrlOf("postgresql-round-1"));
        Assert.That(await recovered.RunAsync("select username, email from users"), Is.EqualTo("before|before@example.com"));
        await recovered.RunAsync("insert into users values ('later', 'later@example.com')");
        Assert.That(await source.RunAsync("select email from users order by 1"), Is.EqualTo("after@example.com\nbefore@example.com"));
    }

    [Test]
    public async Task Talk_by_TLS_with_whoever_insists_on_it()
    {
        await _engine.CreateAsync("postgresql-safe-1", _ct);
        await _engine.ForkAsync("postgresql-safe-1", "postgresql-safe-2", _ct);

        foreach (var database in new[] { "postgresql-safe-1", "postgresql-safe-2" })
        {
            var safe = new Psql(_engine.UrlOf(database), insistsOnTls: true);
            Assert.That(await safe.RunAsync("select ssl from pg_stat_ssl where pid = pg_backend_pid()"), Is.EqualTo("t"));
        }
    }

    [Test]
    public async Task Go_back_to_this_very_moment_of_a_quiet_database()
    {
        await _engine.CreateAsync("postgresql-quiet-1", _ct);
        await new Psql(_engine.UrlOf("postgresql-quiet-1")).RunAsync("create table kept ()");

        await _engine.RollBackAsync("postgresql-quiet-1", "postgresql-quiet-2", TimeProvider.System.GetUtcNow(), _ct);

        Assert.That((await _engine.DescribeAsync("postgresql-quiet-2", _ct)).Tables.Select(table => table.Name), Is.EqualTo(["kept"]));
    }

    [Test]
    public async Task Go_back_again_from_a_database_that_was_itself_rolled_back()
    {
        await _engine.CreateAsync("postgresql-first", _ct);
        await _engine.RollBackAsync("postgresql-first", "postgresql-second", TimeProvider.System.GetUtcNow(), _ct);
        var second = new Psql(_engine.UrlOf("postgresql-second"));
        await second.RunAsync("create table made_in_second ()");
        var between = await NowAndLaterAsync();
        await second.RunAsync("drop table made_in_second");

        await _engine.RollBackAsync("postgresql-second", "postgresql-third", between, _ct);

        Assert.That((await _engine.DescribeAsync("postgresql-third", _ct)).Tables.Select(table => table.Name), Is.EqualTo(["made_in_second"]));
    }

    [Test]
    public async Task Refuse_a_time_before_their_base_backup_and_one_to_come()
    {
        await _engine.CreateAsync("postgresql-young", _ct);
        var earliest = await _engine.EarliestRollbackAsync("postgresql-young", _ct);

        Assert.That(
            () => _engine.RollBackAsync("postgresql-young", "postgresql-never", earliest.AddTicks(-10), _ct),
            Throws.InstanceOf<RollbackOutOfRangeException>());
        Assert.That(
            () => _engine.RollBackAsync("postgresql-young", "postgresql-never", TimeProvider.System.GetUtcNow().AddMinutes(1), _ct),
            Throws.InstanceOf<RollbackOutOfRangeException>());
        Assert.That(() => _engine.UrlOf("postgresql-never"), Throws.InstanceOf<PostgresException>());
    }

    [Test]
    public async Task Fork_into_one_that_goes_its_own_way_with_its_own_password()
    {
        await _engine.CreateAsync("postgresql-trunk", _ct);
        var trunk = new Psql(_engine.UrlOf("postgresql-trunk"));
        await trunk.RunAsync("create table t (x int); insert into t values (1)");

        await _engine.ForkAsync("postgresql-trunk", "postgresql-fork", _ct);
        await trunk.RunAsync("insert into t values (2)");

        var fork = _engine.UrlOf("postgresql-fork");
        Assert.That(await new Psql(fork).RunAsync("select x from t"), Is.EqualTo("1"));
        var withTheOldPassword = new UriBuilder(fork) { Password = _engine.UrlOf("postgresql-trunk").UserInfo.Split(':')[1] }.Uri;
        Assert.That(() => new Psql(withTheOldPassword).RunAsync("select 1"), Throws.Exception.Message.Contains("password authentication failed"));
    }

    [Test]
    public async Task Follow_another_without_taking_writes_until_they_go_their_own_way()
    {
        await _engine.CreateAsync("postgresql-leader", _ct);
        var leader = new Psql(_engine.UrlOf("postgresql-leader"));
        await leader.RunAsync("create table t (x int); insert into t values (1)");

        await _engine.FollowAsync("postgresql-leader", "postgresql-follower", _ct);
        var follower = new Psql(_engine.UrlOf("postgresql-follower"));
        await leader.RunAsync("insert into t values (2)");
        await WaitForAsync(async () => await follower.RunAsync("select count(*) from t") == "2");
        Assert.That(() => follower.RunAsync("insert into t values (3)"), Throws.Exception.Message.Contains("read-only transaction"));

        await _engine.UnfollowAsync("postgresql-follower", _ct);
        await follower.RunAsync("insert into t values (3)");
        await leader.RunAsync("insert into t values (4)");

        Assert.That(await follower.RunAsync("select x from t order by 1"), Is.EqualTo("1\n2\n3"));
        await _engine.RollBackAsync("postgresql-follower", "postgresql-back", await NowAndLaterAsync(), _ct);
        Assert.That(await new Psql(_engine.UrlOf("postgresql-back")).RunAsync("select count(*) from t"), Is.EqualTo("3"));
    }

    [Test]
    public async Task Come_back_from_a_logical_backup_as_they_were()
    {
        await _engine.CreateAsync("postgresql-saved", _ct);
        var saved = new Psql(_engine.UrlOf("postgresql-saved"));
        await saved.RunAsync("create table t (id serial primary key, name text not null); insert into t (name) values ('ä'), ('it''s'), (E'a\\nb')");
        var before = await saved.DumpAsync();
        var file = Path.Combine(_folder, "backup.dump");

        var bytes = await _engine.CaptureAsync("postgresql-saved", file, _ct);
        await saved.RunAsync("delete from t; alter table t add column later int");
        await _engine.RestoreAsync(file, "postgresql-saved", _ct);

        Assert.That(await saved.DumpAsync(), Is.EqualTo(before));
        Assert.That(new FileInfo(file).Length, Is.EqualTo(bytes));
    }

    [Test]
    public async Task Describe_themselves_with_rows_counted()
    {
        await _engine.CreateAsync("postgresql-told", _ct);
        await new Psql(_engine.UrlOf("postgresql-told")).RunAsync(
            "create table users (id int); insert into users select generate_series(1, 37); create schema \"odd name\"; create table \"odd name\".\"Odd's\" ()");

        var facts = await _engine.DescribeAsync("postgresql-told", _ct);

        Assert.That(Version.Parse(facts.Version).Major, Is.AtLeast(13));
        Assert.That(facts.Bytes, Is.GreaterThan(1_000_000));
        Assert.That(facts.Connections, Is.Zero);
        Assert.That(facts.Tables.Select(table => (table.Name, table.Rows)), Is.EquivalentTo([("users", 37L), ("Odd's", 0L)]));
    }

    [Test]
    public async Task Are_gone_when_destroyed_and_may_be_destroyed_twice()
    {
        await _engine.CreateAsync("postgresql-doomed", _ct);
        var url = _engine.UrlOf("postgresql-doomed");

        await _engine.DestroyAsync("postgresql-doomed", _ct);
        await _engine.DestroyAsync("postgresql-doomed", _ct);

        Assert.That(() => new Psql(url).RunAsync("select 1"), Throws.Exception.Message.Contains("Connection refused"));
        Assert.That(() => _engine.DescribeAsync("postgresql-doomed", _ct), Throws.InstanceOf<PostgresException>());
        await _engine.CreateAsync("postgresql-doomed", _ct);
        Assert.That((await _engine.DescribeAsync("postgresql-doomed", _ct)).Tables, Is.Empty);
    }

    [Test]
    public async Task Leave_no_secret_in_a_process_list_or_an_exception()
    {
        await _engine.CreateAsync("postgresql-discreet", _ct);
        var password = _engine.UrlOf("postgresql-discreet").UserInfo.Split(':')[1];

        var error = Assert.ThrowsAsync<ToolException>(() => _engine.RestoreAsync("/nowhere/backup.dump", "postgresql-discreet", _ct));

        Assert.That(error.ToString(), Does.Not.Contain(password));
        Assert.That(await Tool.RunAsync(["ps", "-eo", "args"], _ct), Does.Not.Contain(password));
    }

    // A later moment than any commit so far and an earlier one than any to come: the log's times are whole microseconds.
    private static async Task WaitForAsync(Func<Task<bool>> condition)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (!await condition())
        {
            Assert.That(TimeProvider.System.GetElapsedTime(started), Is.LessThan(TimeSpan.FromSeconds(30)), "the follower doesn't follow");
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        }
    }

    private static async Task<DateTimeOffset> NowAndLaterAsync()
    {
        await Task.Delay(TimeSpan.FromMilliseconds(2), TimeProvider.System);
        var now = TimeProvider.System.GetUtcNow();
        await Task.Delay(TimeSpan.FromMilliseconds(2), TimeProvider.System);
        return now;
    }
}
