using System.Diagnostics;
using System.Net;
using ReleaseTasks.Sandbox.Databases;
using ReleaseTasks.Sandbox.Tests.Databases;

namespace ReleaseTasks.Sandbox.Tests.Sample;

/// <summary>What a newcomer finds in a new sandbox, asked through its HTTP interfaces; with PostgreSQL and on a machine without.</summary>
[TestFixture(true)]
[TestFixture(false)]
public sealed class TheSampleWorld(bool postgres)
{
    private readonly string _directory = Path.Combine(Path.GetTempPath(), $"sample-{Guid.NewGuid():N}");
    private readonly HttpClient _http = new();
    private SandboxServer _sandbox = null!;

    [OneTimeSetUp]
    public async Task Open()
    {
        _sandbox = await StartAsync();
        Assume.That(!postgres || _sandbox.Notices.Count == 0, string.Join(' ', _sandbox.Notices));
    }

    [OneTimeTearDown]
    public async Task Close()
    {
        _http.Dispose();
        await _sandbox.DisposeAsync();
        SandboxServer.Reset(_directory);
        Directory.Delete(_directory, recursive: true);
    }

    [Test]
    public async Task Has_sushi_at_v51_deployed_from_the_head_of_master()
    {
        var releases = (await _sandbox.HerokuAsync("/apps/sushi/releases")).EnumerateArray().ToList();
        var head = (await _sandbox.GitHubAsync("/repos/zupo/sushi/branches/master")).GetProperty("commit").GetProperty("sha").GetString()!;

        Assert.That(releases.Select(release => release.GetProperty("version").GetInt32()), Is.EquivalentTo(Enumerable.Range(1, 51)));
        var current = releases.Single(release => release.GetProperty("current").GetBoolean());
        Assert.That(current.GetProperty("version").GetInt32(), Is.EqualTo(51));
        Assert.That(current.GetProperty("description").GetString(), Is.EqualTo($"Deploy {head[..7]}"));
        Assert.That(releases.OrderBy(release => release.GetProperty("version").GetInt32()).Select(release => release.GetProperty("created_at").GetDateTimeOffset()), Is.Ordered);
    }

    [Test]
    public async Task Has_one_database_under_two_names_and_a_made_up_variable()
    {
        var vars = await _sandbox.HerokuAsync("/apps/sushi/config-vars");

        Assert.That(vars.GetProperty("DATABASE_URL").GetString(), Is.EqualTo(vars.GetProperty("HEROKU_POSTGRESQL_YELLOW_URL").GetString()));
        Assert.That(vars.GetProperty("MYVAR").GetString(), Has.Length.EqualTo(24));
    }

    [Test]
    public async Task Has_pull_request_3_open_and_approved_on_its_head_with_a_rollback_database_that_step_7_destroys()
    {
        var pull = await _sandbox.GitHubAsync("/repos/zupo/sushi/pulls/3");
        var reviews = await _sandbox.GitHubAsync("/repos/zupo/sushi/pulls/3/reviews");

        Assert.That(pull.GetProperty("state").GetString(), Is.EqualTo("open"));
        Assert.That(pull.GetProperty("title").GetString(), Is.EqualTo("remove `username` field, use `email` instead"));
        Assert.That(pull.GetProperty("user").GetProperty("login").GetString(), Is.EqualTo("zupo"));
        Assert.That(pull.GetProperty("body").GetString(), Does.Contain("`heroku addons:destroy HEROKU_POSTGRESQL_SILVER --app sushi`"));
        var head = pull.GetProperty("head").GetProperty("sha").GetString();
        var approvals = reviews.EnumerateArray().Where(review =>
            review.GetProperty("state").GetString() == "APPROVED" && review.GetProperty("commit_id").GetString() == head);
        Assert.That(approvals.Select(review => review.GetProperty("user").GetProperty("login").GetString()), Is.EquivalentTo(["dz0ny", "karantan"]));
    }

    [Test]
    public async Task Serves_its_users_from_the_database_or_from_memory()
    {
        var url = (await _sandbox.HerokuAsync("/apps/sushi/config-vars")).GetProperty("DATABASE_URL").GetString()!;
        await WaitForAsync(async () => (await VisitAsync("/health")).StatusCode == HttpStatusCode.OK);

        if (postgres)
        {
            await new Psql(new Uri(url)).RunAsync("insert into users (username, email) values ('zoja', null)");
        }

        Assert.That(await (await VisitAsync("/users")).Content.ReadAsStringAsync(), Does.Contain(">ana1<").And.Contain(postgres ? ">zoja<" : ">lan3<"));
        Assert.That((await VisitAsync("/users/nobody")).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }

    [Test]
    public async Task Is_as_it_was_left_after_a_restart()
    {
        var before = await _sandbox.HerokuAsync("/apps/sushi/releases");
        await _sandbox.DisposeAsync();

        _sandbox = await StartAsync();

        Assert.That((await _sandbox.HerokuAsync("/apps/sushi/releases")).GetRawText(), Is.EqualTo(before.GetRawText()));
        await WaitForAsync(async () => (await VisitAsync("/health")).StatusCode == HttpStatusCode.OK);
    }

    private Task<SandboxServer> StartAsync()
    {
        var options = new SandboxOptions { Directory = _directory };
        return SandboxServer.StartAsync(postgres ? options : options with { DatabasesIn = WithoutPostgres }, default);
    }

    private static SimulatedEngine WithoutPostgres(string directory) => new(directory, "PostgreSQL was left out", TimeProvider.System);

    private async Task<HttpResponseMessage> VisitAsync(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(_sandbox.Address, path)) { Headers = { Host = "sushi.localhost" } };
        return await _http.SendAsync(request);
    }

    private static async Task WaitForAsync(Func<Task<bool>> condition)
    {
        var started = Stopwatch.GetTimestamp();
        while (!await condition())
        {
            Assert.That(Stopwatch.GetElapsedTime(started), Is.LessThan(TimeSpan.FromSeconds(30)), "sushi doesn't come up");
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        }
    }
}
