using System.Net;
using ReleaseTasks.Sandbox.Monitoring;
using ReleaseTasks.Sandbox.Tests.GitHub;

namespace ReleaseTasks.Sandbox.Tests.Monitoring;

public sealed class SentryIssues
{
    private const string Token = "token";

    [Test]
    public async Task Are_the_tracebacks_of_the_log()
    {
        await using var host = await StartAsync();
        using var client = ClientOf(host);
        Fail(host, "KeyError", "'username'");
        Fail(host, "KeyError", "'username'");

        var issue = (await client.AskAsync("issues/")).Body!.AsArray().Single()!;

        Assert.That(
            (issue["title"]!.ToString(), issue["culprit"]!.ToString(), issue["count"]!.ToString(), issue["shortId"]!.ToString()),
            Is.EqualTo(("KeyError: 'username'", "app/users.py in show", "2", "SUSHI-1")));
        Assert.That(issue["count"]!.GetValueKind(), Is.EqualTo(System.Text.Json.JsonValueKind.String));
    }

    [TestCase("firstRelease:\"v52\" is:unresolved", "NewError")]
    [TestCase("firstRelease:v51", "OldError")]
    [TestCase("release:\"v52\"", "NewError", "OldError")]
    [TestCase("firstRelease:deadbee0123456789012345678901234567890ab", "NewError")]
    [TestCase("firstSeen:-30m", "NewError")]
    [TestCase("age:+30m", "OldError")]
    [TestCase("!firstRelease:v51", "NewError")]
    [TestCase("level:error error.unhandled:true newerror", "NewError")]
    [TestCase("is:resolved")]
    [TestCase("some.tag:value")]
    public async Task Are_found_by_words(string query, params string[] types)
    {
        await using var host = await StartAsync();
        using var client = ClientOf(host);
        Release(host, "v51", "abcdef0");
        Fail(host, "OldError", "a");
        host.Time.Advance(TimeSpan.FromHours(1));
        Release(host, "v52", "deadbee");
        Fail(host, "OldError", "a");
        Fail(host, "NewError", "b");

        var found = await client.AskAsync($"issues/?query={Uri.EscapeDataString(query)}");

        Assert.That(found.Body!.AsArray().Select(issue => issue!["metadata"]!["type"]!.ToString()), Is.EquivalentTo(types));
    }

    [Test]
    public async Task Come_back_after_they_were_resolved()
    {
        await using var host = await StartAsync();
        using var client = ClientOf(host);
        Fail(host, "KeyError", "a");
        var id = (await client.AskAsync("issues/")).Body![0]!["id"];
        host.Time.Advance(TimeSpan.FromSeconds(1));

        var resolved = await client.SendAsync("PUT", $"issues/{id}/", new { status = "resolved" });
        var none = await client.AskAsync("issues/");
        var all = await client.AskAsync("issues/?query=");
        host.Time.Advance(TimeSpan.FromSeconds(1));
        Fail(host, "KeyError", "a");
        var regressed = await client.AskAsync("issues/?query=is:regressed%20is:unresolved");

        Assert.That(resolved.Text("status"), Is.EqualTo("resolved"));
        Assert.That((none.Body!.AsArray().Count, all.Body!.AsArray().Count, regressed.Body!.AsArray().Count), Is.EqualTo((0, 1, 1)));
    }

    [Test]
    public async Task Are_paged_by_a_link_that_always_names_a_next_page()
    {
        await using var host = await StartAsync();
        using var client = ClientOf(host);
        foreach (var type in new[] { "AError", "BError", "CError" })
        {
            Fail(host, type, "x");
        }

        var first = await client.AskAsync("issues/?limit=2");
        var second = await client.AskAsync("issues/?limit=2&cursor=0:1:0");

        Assert.That(first.Header("Link"), Does.Contain("rel=\"next\"; results=\"true\"; cursor=\"0:1:0\""));
        Assert.That(second.Header("Link"), Does.Contain("rel=\"next\"; results=\"false\""));
        Assert.That((first.Body!.AsArray().Count, second.Body!.AsArray().Count), Is.EqualTo((2, 1)));
    }

    [Test]
    public async Task Belong_to_the_release_that_was_announced()
    {
        await using var host = await StartAsync();
        using var client = ClientOf(host);
        var release = new { version = "sushi@1/2", projects = new[] { "sushi" } };

        var created = await client.SendAsync("POST", "releases/", release);
        var again = await client.SendAsync("POST", "releases/", release);
        var silent = await client.AskAsync("releases/sushi%401%2F2/");
        Fail(host, "KeyError", "a");
        var deploy = await client.SendAsync("POST", "releases/sushi%401%2F2/deploys/", new { environment = "production" });
        var heard = await client.AskAsync("releases/sushi%401%2F2/");

        Assert.That((created.Status, again.Status, deploy.Status), Is.EqualTo((HttpStatusCode.Created, HttpStatusCode.AlreadyReported, HttpStatusCode.Created)));
        Assert.That((silent.Text("lastEvent"), silent.Text("newGroups")), Is.EqualTo(((string?)null, "0")));
        Assert.That((heard.Text("newGroups"), heard.Text("lastDeploy", "environment")), Is.EqualTo(("1", "production")));
        Assert.That(heard.Text("lastEvent"), Is.Not.Null);
        Assert.That((await client.AskAsync("releases/other/")).Status, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That((await client.SendAsync("POST", "releases/", new { version = "x" })).Status, Is.EqualTo(HttpStatusCode.BadRequest));
    }

    [Test]
    public async Task Stand_beside_the_sessions_that_went_well()
    {
        await using var host = await StartAsync();
        using var client = ClientOf(host);
        Release(host, "v52", "deadbee");
        foreach (var status in new[] { 200, 200, 302, 500 })
        {
            host.Logs.Write("sushi", "heroku", "router", $"at=info method=GET path=\"/\" status={status}");
        }

        var health = await client.AskAsync(
            "sessions/?field=sum(session)&field=crash_free_rate(session)&groupBy=release&query=release:%22v52%22&environment=production&statsPeriod=5m");

        var group = health.Body!["groups"]!.AsArray().Single()!;
        Assert.That(group["by"]!["release"]!.ToString(), Is.EqualTo("v52"));
        Assert.That(group["totals"]!.ToJsonString(), Is.EqualTo("""{"sum(session)":4,"crash_free_rate(session)":0.75}"""));
        Assert.That((await client.AskAsync("sessions/?field=sum(session)&environment=staging")).Body!["groups"]![0]!["totals"]!["sum(session)"]!.ToString(), Is.EqualTo("0"));
    }

    [Test]
    public async Task Are_shown_to_whoever_has_a_token_and_does_not_ask_too_often()
    {
        await using var host = await StartAsync();
        using var client = ClientOf(host);
        using var stranger = new HttpClient { BaseAddress = client.BaseAddress };

        var answers = new List<Answer>();
        for (var i = 0; i < 41; i++)
        {
            answers.Add(await client.AskAsync("issues/"));
        }

        Assert.That(answers.Count(answer => answer.Status == HttpStatusCode.TooManyRequests), Is.EqualTo(1));
        Assert.That(answers[^1].Header("X-Sentry-Rate-Limit-Remaining"), Is.EqualTo("0"));
        Assert.That((await stranger.AskAsync("issues/")).Status, Is.EqualTo(HttpStatusCode.Unauthorized));
    }

    private static Task<StandInHost> StartAsync() =>
        StandInHost.StartAsync(host => new Sentry(host.Logs, host.StateFile<SentryState>(), Token, host.Time));

    private static HttpClient ClientOf(StandInHost host)
    {
        var client = new HttpClient { BaseAddress = new Uri(host.Address, "/sentry/api/0/organizations/sushi/") };
        client.DefaultRequestHeaders.Authorization = new("Bearer", Token);
        return client;
    }

    private static void Release(StandInHost host, string version, string commit)
    {
        host.Logs.Write("sushi", "app", "api", $"Deploy {commit} by user jim@example.com");
        host.Logs.Write("sushi", "app", "api", $"Release {version} created by user jim@example.com");
    }

    private static void Fail(StandInHost host, string type, string value) => host.Logs.Write("sushi", "app", "web.1", $"""
        Traceback (most recent call last):
          File "app/main.py", line 10, in serve
            show()
          File "app/users.py", line 3, in show
            raise {type}
        {type}: {value}
        """);
}
