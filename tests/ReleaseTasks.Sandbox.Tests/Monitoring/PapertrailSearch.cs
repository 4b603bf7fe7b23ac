using System.Net;
using ReleaseTasks.Sandbox.Monitoring;
using ReleaseTasks.Sandbox.Tests.GitHub;

namespace ReleaseTasks.Sandbox.Tests.Monitoring;

public sealed class PapertrailSearch
{
    private const string Token = "token";

    [Test]
    public async Task Shows_a_line_as_its_drain_names_it()
    {
        await using var host = await StartAsync();
        using var client = ClientOf(host);
        host.Logs.Write("sushi", "heroku", "router", "at=error code=H12 status=503");
        host.Time.Advance(TimeSpan.FromSeconds(2));

        var found = (await client.AskAsync("search.json")).Body!["events"]![0]!;

        Assert.That(
            (found["source_name"]!.ToString(), found["program"]!.ToString(), found["message"]!.ToString(), found["severity"]!.ToString()),
            Is.EqualTo(("sushi", "heroku/router", "at=error code=H12 status=503", "Error")));
        Assert.That(found["id"]!.GetValueKind(), Is.EqualTo(System.Text.Json.JsonValueKind.String));
        Assert.That(long.Parse(found["id"]!.ToString(), null), Is.GreaterThan(1L << 53));
    }

    [Test]
    public async Task Finds_a_line_only_after_it_has_arrived()
    {
        await using var host = await StartAsync();
        using var client = ClientOf(host);
        host.Logs.Write("sushi", "app", "web.1", "late");

        var early = await client.AskAsync("search.json");
        host.Time.Advance(TimeSpan.FromSeconds(1));
        var later = await client.AskAsync("search.json");

        Assert.That((Messages(early), Messages(later)), Is.EqualTo((Array.Empty<string>(), new[] { "late" })));
    }

    [Test]
    public async Task Goes_forward_completely_only_without_tail()
    {
        await using var host = await StartAsync();
        using var client = ClientOf(host);
        Write(host, 7);
        var first = await client.AskAsync("search.json?min_time=0&limit=2");

        var recent = await client.AskAsync($"search.json?min_id={first.Text("max_id")}&limit=2");
        var next = await client.AskAsync($"search.json?min_id={first.Text("max_id")}&limit=2&tail=false");

        Assert.That(Messages(first), Is.EqualTo(new[] { "line 0", "line 1" }));
        Assert.That(Messages(recent), Is.EqualTo(new[] { "line 5", "line 6" }));
        Assert.That(Messages(next), Is.EqualTo(new[] { "line 2", "line 3" }));
    }

    [Test]
    public async Task Goes_backward_until_it_has_reached_the_beginning()
    {
        await using var host = await StartAsync();
        using var client = ClientOf(host);
        Write(host, 5);
        var messages = new List<string>();

        for (var path = "search.json?limit=2"; ;)
        {
            var page = await client.AskAsync(path);
            messages.InsertRange(0, Messages(page));
            if (page.Text("reached_beginning") == "true")
            {
                break;
            }

            path = $"search.json?limit=2&max_id={page.Text("min_id")}";
        }

        Assert.That(messages, Is.EqualTo(Enumerable.Range(0, 5).Select(i => $"line {i}")));
    }

    [Test]
    public async Task Says_when_its_time_is_up_though_it_has_found_nothing_yet()
    {
        await using var host = await StartAsync(scanned: 3);
        using var client = ClientOf(host);
        Write(host, 5);
        host.Logs.Write("sushi", "app", "web.1", "needle");
        host.Time.Advance(TimeSpan.FromSeconds(2));

        var first = await client.AskAsync("search.json?q=needle&min_time=0");
        var second = await client.AskAsync($"search.json?q=needle&min_id={first.Text("max_id")}&tail=false");

        Assert.That((Messages(first).Length, first.Text("reached_time_limit")), Is.EqualTo((0, "true")));
        Assert.That((Messages(second), second.Text("reached_time_limit")), Is.EqualTo((new[] { "needle" }, (string?)null)));
    }

    [TestCase("error", "an Error", "another error")]
    [TestCase("error -another", "an Error")]
    [TestCase("\"an error\"", "an Error")]
    [TestCase("another OR fine", "another error", "fine")]
    [TestCase("(another OR an) error", "an Error", "another error")]
    [TestCase("program:web.1", "an Error", "fine")]
    [TestCase("program:\"app/worker.1\" error", "another error")]
    [TestCase("host:sushi -severity:info")]
    [TestCase("err.r")]
    public async Task Understands_words(string query, params string[] expected)
    {
        await using var host = await StartAsync();
        using var client = ClientOf(host);
        host.Logs.Write("sushi", "app", "web.1", "an Error");
        host.Logs.Write("sushi", "app", "worker.1", "another error");
        host.Logs.Write("sushi", "app", "web.1", "fine");
        host.Time.Advance(TimeSpan.FromSeconds(2));

        Assert.That(Messages(await client.AskAsync($"search.json?q={Uri.EscapeDataString(query)}")), Is.EqualTo(expected));
    }

    [Test]
    public async Task Keeps_apart_the_apps_and_the_times()
    {
        await using var host = await StartAsync();
        using var client = ClientOf(host);
        host.Logs.Write("sushi", "app", "web.1", "mine");
        host.Logs.Write("ramen", "app", "web.1", "theirs");
        host.Time.Advance(TimeSpan.FromMinutes(1));
        host.Logs.Write("sushi", "app", "web.1", "later");
        host.Time.Advance(TimeSpan.FromMinutes(1));

        var mine = await client.AskAsync("search.json?system_id=sushi");
        var before = await client.AskAsync($"search.json?max_time={host.Time.Start.AddSeconds(30).ToUnixTimeSeconds()}");

        Assert.That(Messages(mine), Is.EqualTo(new[] { "mine", "later" }));
        Assert.That(Messages(before), Is.EquivalentTo(new[] { "mine", "theirs" }));
    }

    [Test]
    public async Task Refuses_a_wrong_token_and_more_than_25_searches_in_5_seconds()
    {
        await using var host = await StartAsync();
        using var client = ClientOf(host);
        using var stranger = new HttpClient { BaseAddress = client.BaseAddress };
        for (var i = 0; i < 25; i++)
        {
            await client.AskAsync("search.json");
        }

        var refused = await client.AskAsync("search.json");
        host.Time.Advance(TimeSpan.FromSeconds(5));
        var later = await client.AskAsync("search.json");

        Assert.That((refused.Status, later.Status), Is.EqualTo((HttpStatusCode.TooManyRequests, HttpStatusCode.OK)));
        Assert.That((await stranger.AskAsync("search.json")).Status, Is.EqualTo(HttpStatusCode.Unauthorized));
    }

    private static void Write(StandInHost host, int lines)
    {
        for (var i = 0; i < lines; i++)
        {
            host.Logs.Write("sushi", "app", "web.1", $"line {i}");
        }

        host.Time.Advance(TimeSpan.FromSeconds(2));
    }

    private static Task<StandInHost> StartAsync(int scanned = 5_000) =>
        StandInHost.StartAsync(host => new Papertrail(host.Logs, Token, host.Time, PapertrailOptions.Default with { ScannedAtOnce = scanned }));

    private static HttpClient ClientOf(StandInHost host)
    {
        var client = new HttpClient { BaseAddress = new Uri(host.Address, "/papertrail/api/v1/events/") };
        client.DefaultRequestHeaders.Add("X-Papertrail-Token", Token);
        return client;
    }

    private static string[] Messages(Answer answer) => [.. answer.Body!["events"]!.AsArray().Select(line => line!["message"]!.ToString())];
}
