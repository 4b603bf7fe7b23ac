using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using ReleaseTasks.Sandbox.Tests.Heroku;

namespace ReleaseTasks.Sandbox.Tests.Serving;

/// <summary>What a plain client sees of each fault, and what the world is afterwards: maintenance is on if the request was done.</summary>
public sealed class FaultyRequests
{
    private HerokuHost _host = null!;

    [TearDown]
    public async Task Stop() => await _host.DisposeAsync();

    [Test]
    public async Task Are_refused_without_an_answer_and_not_done()
    {
        await StartAsync("PATCH /apps/sushi: refuse");

        Assert.That(TurnMaintenanceOnAsync, Throws.InstanceOf<HttpRequestException>());
        Assert.That(_host.Sushi.Maintenance, Is.False);
    }

    [Test]
    public async Task Are_delayed_on_the_sandbox_s_clock_and_done()
    {
        await StartAsync("PATCH /apps/sushi: delay seconds=3600", speed: 100_000);
        var asked = _host.Server.Clock.GetUtcNow();

        var answer = await TurnMaintenanceOnAsync();

        Assert.That((answer.StatusCode, _host.Sushi.Maintenance), Is.EqualTo((HttpStatusCode.OK, true)));
        Assert.That(_host.Server.Clock.GetUtcNow() - asked, Is.GreaterThanOrEqualTo(TimeSpan.FromHours(1)));
    }

    [Test]
    public async Task Hang_until_the_client_gives_up_and_are_not_done()
    {
        await StartAsync("PATCH /apps/sushi: hang");
        using var patience = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));

        Assert.That(() => TurnMaintenanceOnAsync(patience.Token), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(_host.Sushi.Maintenance, Is.False);
    }

    [Test]
    public async Task Stop_hanging_when_the_sandbox_stops()
    {
        await StartAsync("PATCH /apps/sushi: hang");
        var hanging = TurnMaintenanceOnAsync();
        await HerokuHost.UntilAsync(() => _host.Server.Faults[0].Contains("happened", StringComparison.Ordinal), "it hangs");

        await _host.Server.DisposeAsync();

        Assert.That(() => hanging, Throws.InstanceOf<HttpRequestException>());
    }

    [Test]
    public async Task Are_done_and_the_connection_drops()
    {
        await StartAsync("PATCH /apps/sushi: drop");

        Assert.That(TurnMaintenanceOnAsync, Throws.InstanceOf<HttpRequestException>());
        Assert.That(_host.Sushi.Maintenance);
    }

    [Test]
    public async Task Are_done_and_half_of_the_answer_arrives()
    {
        await StartAsync("PATCH /apps/sushi: drop-body");
        using var request = new HttpRequestMessage(HttpMethod.Patch, "/apps/sushi") { Content = JsonContent.Create(new { maintenance = true }) };

        using var answer = await _host.Jim.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        var half = new byte[answer.Content.Headers.ContentLength!.Value];
        await using var body = await answer.Content.ReadAsStreamAsync();

        Assert.That(async () => await body.ReadExactlyAsync(half), Throws.InstanceOf<IOException>());
        Assert.That((answer.StatusCode, (char)half[0], half[^1]), Is.EqualTo((HttpStatusCode.OK, '{', 0)));
        Assert.That(_host.Sushi.Maintenance);
    }

    [TestCase("status=429 retryAfter=3", 429, 3)]
    [TestCase("status=429", 429, null)]
    [TestCase("status=500", 500, null)]
    [TestCase("status=502", 502, null)]
    [TestCase("", 503, null)]
    public async Task Are_answered_as_scripted_and_not_done(string how, int status, int? retryAfter)
    {
        await StartAsync($"PATCH /apps/*: answer {how}");

        var answer = await TurnMaintenanceOnAsync();

        Assert.That(((int)answer.StatusCode, answer.Headers.RetryAfter?.Delta), Is.EqualTo((status, retryAfter is { } seconds ? TimeSpan.FromSeconds(seconds) : (TimeSpan?)null)));
        Assert.That((await answer.JsonAsync())!.AsObject(), Does.ContainKey("id").And.ContainKey("message"));
        Assert.That(_host.Sushi.Maintenance, Is.False);
    }

    [TestCase(500)]
    [TestCase(502)]
    public async Task Are_done_and_answered_as_if_not(int status)
    {
        await StartAsync($"PATCH /apps/*: answer-after status={status}");

        var answer = await TurnMaintenanceOnAsync();

        Assert.That(((int)answer.StatusCode, _host.Sushi.Maintenance), Is.EqualTo((status, true)));
    }

    [TestCase("remove field=name", null, "jim@example.com")]
    [TestCase("set field=name value=7", "7", "jim@example.com")]
    [TestCase("set field=owner.email", "sushi", null)]
    [TestCase("set field=owner.email value=else", "sushi", "else")]
    [TestCase("remove field=no.such.field", "sushi", "jim@example.com")]
    public async Task Are_done_and_answered_with_a_damaged_field(string damage, string? name, string? owner)
    {
        await StartAsync($"PATCH /apps/sushi: {damage}");

        var app = await (await TurnMaintenanceOnAsync()).JsonAsync();

        Assert.That((app!["name"]?.ToString(), app["owner"]!["email"]?.ToString()), Is.EqualTo((name, owner)));
        Assert.That(app["maintenance"]!.GetValue<bool>() && _host.Sushi.Maintenance);
    }

    [Test]
    public async Task Are_damaged_in_each_item_of_a_list()
    {
        await StartAsync("GET /apps/sushi/releases: remove field=version");

        var releases = await _host.Jim.GetJsonAsync("/apps/sushi/releases");

        Assert.That(releases.AsArray(), Has.Count.EqualTo(3).And.All.Matches<JsonNode>(release => release!["version"] is null && release["id"] is not null));
    }

    [Test]
    public async Task Go_well_before_and_after_their_turn()
    {
        await StartAsync("PATCH /apps/*: answer after=1 times=2");

        var statuses = new List<int>();
        for (var i = 0; i < 5; i++)
        {
            statuses.Add((int)(await TurnMaintenanceOnAsync()).StatusCode);
        }

        Assert.That(statuses, Is.EqualTo([200, 503, 503, 200, 200]));
        Assert.That(_host.Server.Faults, Is.EqualTo(["PATCH /apps/*: answer after=1 times=2 — happened at PATCH /apps/sushi, PATCH /apps/sushi"]));
    }

    [Test]
    public async Task Fail_by_chance_and_by_the_same_chance_again()
    {
        var nights = new List<string>();
        foreach (var seed in new[] { 1, 1, 2 })
        {
            await StartAsync("any request: answer chance=0.5 times=100", seed: seed);
            nights.Add(await TwentyAsync());
            await _host.DisposeAsync();
        }

        Assert.That(nights[0], Does.Contain("200").And.Contain("503"));
        Assert.That((nights[1] == nights[0], nights[2] == nights[0]), Is.EqualTo((true, false)));
    }

    [Test]
    public async Task Are_changes_when_they_may_change_something()
    {
        await StartAsync("any change: answer times=100");
        var id = _host.Sushi.Id;

        var asked = new[]
        {
            await _host.Jim.SendAsync("GET", "/apps/sushi"),
            await _host.Jim.SendAsync("POST", "/apps/sushi/log-sessions", new { lines = 1 }),
            await _host.Jim.SendAsync("POST", "/actions/addons/resolve", new { addon = "postgresql-curved-12345" }),
        };
        var changing = new[] { await TurnMaintenanceOnAsync(), await _host.Jim.SendAsync("POST", "/apps", new { name = "other" }), await _host.Jim.SendAsync("DELETE", $"/apps/{id}") };

        Assert.That(asked.Select(a => (int)a.StatusCode), Has.All.LessThan(300));
        Assert.That(changing.Select(a => (int)a.StatusCode), Is.All.EqualTo(503));
        Assert.That(_host.Read(world => world.Apps.Count), Is.EqualTo(1));
    }

    private async Task<string> TwentyAsync()
    {
        var statuses = new List<int>();
        for (var i = 0; i < 20; i++)
        {
            statuses.Add((int)(await _host.Jim.SendAsync("GET", "/account")).StatusCode);
        }

        return string.Join(' ', statuses);
    }

    private Task<HttpResponseMessage> TurnMaintenanceOnAsync() => TurnMaintenanceOnAsync(CancellationToken.None);

    private async Task<HttpResponseMessage> TurnMaintenanceOnAsync(CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Patch, "/apps/sushi") { Content = JsonContent.Create(new { maintenance = true }) };
        return await _host.Jim.SendAsync(request, ct);
    }

    private async Task StartAsync(string faults, double speed = 1, int seed = 1) =>
        _host = await HerokuHost.StartAsync(o => o with { Faults = Fault.Parse(faults), Speed = speed, Seed = seed });
}
