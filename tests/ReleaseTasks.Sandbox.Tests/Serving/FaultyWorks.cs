using System.Net;
using ReleaseTasks.Sandbox.Heroku.World;
using ReleaseTasks.Sandbox.Tests.Heroku;

namespace ReleaseTasks.Sandbox.Tests.Serving;

/// <summary>What goes wrong after Heroku has answered, or in the middle of what it does.</summary>
public sealed class FaultyWorks
{
    private HerokuHost _host = null!;

    [TearDown]
    public async Task Stop() => await _host.DisposeAsync();

    [Test]
    public async Task Provisioning_never_ends()
    {
        await StartAsync("provisioning: hang");
        var addOn = await CreateDatabaseAsync();

        await UntilHappenedAsync();

        Assert.That((await StateOfAsync(addOn), _host.Read(w => w.AddOns[^1].Vars.Count)), Is.EqualTo(("provisioning", 0)));
        Assert.That((await WaitStatusOfAsync(addOn))["waiting?"]!.GetValue<bool>());
    }

    [Test]
    public async Task Provisioning_ends_deprovisioned()
    {
        await StartAsync("provisioning: fail");
        var addOn = await CreateDatabaseAsync();

        await _host.UntilAsync(w => w.AddOns[^1].State == AddOnState.Deprovisioned, "it has failed");

        Assert.That(await StateOfAsync(addOn), Is.EqualTo("deprovisioned"));
        Assert.That((await WaitStatusOfAsync(addOn))["error?"]!.GetValue<bool>());
        Assert.That(_host.Sushi.ConfigVars.Keys, Is.EquivalentTo(new[] { "DATABASE_URL", "HEROKU_POSTGRESQL_YELLOW_URL", "MYVAR" }));
    }

    [Test]
    public async Task The_release_phase_fails_and_leaves_the_old_release_current()
    {
        await StartAsync("release phase: fail");

        await SetConfigVarAsync();
        await _host.UntilAsync(w => w.FindApp("sushi")!.Releases[^1].Status == ReleaseStatus.Failed, "it has failed");

        Assert.That(_host.Sushi.Current!.Version, Is.EqualTo(3));
        Assert.That(_host.Dynos.Runs, Is.Empty);
    }

    [Test]
    public async Task The_release_phase_hangs_and_the_release_stays_pending()
    {
        await StartAsync("release phase: hang");

        await SetConfigVarAsync();
        await UntilHappenedAsync();

        var newest = await _host.Jim.GetJsonAsync("/apps/sushi/releases/4");
        Assert.That((newest["status"]!.ToString(), newest["current"]!.GetValue<bool>()), Is.EqualTo(("pending", false)));
    }

    [TestCase("fail", "failed")]
    [TestCase("hang", "pending")]
    public async Task A_build_goes_wrong_and_releases_nothing(string how, string status)
    {
        await StartAsync($"build: {how}");
        var build = await (await _host.Jim.SendAsync("POST", "/apps/sushi/builds", new { source_blob = new { url = $"{_host.Address}nothing", version = "1" } })).JsonAsync();

        await UntilHappenedAsync();
        await _host.UntilAsync(w => $"{w.FindApp("sushi")!.Builds[^1].Status}".Equals(status, StringComparison.OrdinalIgnoreCase), $"it is {status}");

        Assert.That((await _host.Jim.GetJsonAsync($"/apps/sushi/builds/{build!["id"]}"))["status"]!.ToString(), Is.EqualTo(status));
        Assert.That(_host.Releases, Has.Count.EqualTo(3));
    }

    [TestCase("fail", false)]
    [TestCase("hang", null)]
    public async Task A_backup_fails_or_never_ends(string how, bool? succeeded)
    {
        await StartAsync($"transfer: {how}");
        await _host.Jim.SendAsync("POST", "/client/v11/databases/postgresql-curved-12345/backups");

        await UntilHappenedAsync();
        await _host.UntilAsync(w => w.FindApp("sushi")!.Transfers[^1] is var t && (how == "hang" ? t.StartedAt : t.FinishedAt) is not null, "it is so");

        var transfer = (await _host.Jim.GetJsonAsync("/client/v11/apps/sushi/transfers"))[0]!;
        Assert.That((transfer["finished_at"] is null, transfer["succeeded"]?.GetValue<bool>()), Is.EqualTo((how == "hang", succeeded)));
    }

    [Test]
    public async Task A_promotion_is_half_done_and_leaves_no_primary()
    {
        await StartAsync("promote: half");
        var wanted = await CreateReadyDatabaseAsync();

        var answer = await PromoteAsync(wanted);

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.ServiceUnavailable));
        Assert.That(Attached(), Is.EquivalentTo(new[] { "HEROKU_POSTGRESQL_YELLOW → postgresql-curved-12345", $"HEROKU_POSTGRESQL_{Colour(wanted)} → {wanted}" }));
        Assert.That(_host.Sushi.ConfigVars, Does.Not.ContainKey("DATABASE_URL"));
        Assert.That(_host.Releases[^1], Is.EqualTo("Detach DATABASE (@ref:postgresql-curved-12345)"));

        Assert.That((await PromoteAsync(wanted)).StatusCode, Is.EqualTo(HttpStatusCode.Created), "a second attempt mends it");
        Assert.That(Attached(), Does.Contain($"DATABASE → {wanted}"));
    }

    [Test]
    public async Task The_release_phase_fails_at_the_release_that_an_attachment_makes_and_at_no_other()
    {
        await StartAsync("release phase of an attachment: fail after=2");
        await SetConfigVarAsync();
        var wanted = await CreateReadyDatabaseAsync();

        await PromoteAsync(wanted);
        await _host.UntilAsync(w => w.FindApp("sushi")!.Releases.TrueForAll(r => r.Status != ReleaseStatus.Pending), "every release phase is over");

        Assert.That(
            _host.Sushi.Releases.Where(release => release.Status == ReleaseStatus.Failed).Select(release => release.Description),
            Is.EqualTo([$"Attach DATABASE (@ref:{wanted})"]));
        Assert.That(Attached(), Does.Contain($"DATABASE → {wanted}"), "the attachment stays");
    }

    [Test]
    public async Task An_attachment_s_release_has_no_release_phase_where_the_documentation_is_read_that_way()
    {
        _host = await HerokuHost.StartAsync(o => o with { ReleasePhaseOnAttachment = false, Faults = Fault.Parse("release phase of an attachment: fail") });
        var wanted = await CreateReadyDatabaseAsync();

        await PromoteAsync(wanted);

        Assert.That(_host.Sushi.Releases.Select(release => (release.Status, release.HasOutput)), Is.All.EqualTo((ReleaseStatus.Succeeded, false)));
        Assert.That(_host.Server.Faults, Has.All.EndsWith("never happened"));
    }

    [TestCase("POST /addon-attachments: answer-after status=502", true)]
    [TestCase("POST /addon-attachments: answer status=502", false)]
    public async Task A_promotion_s_answer_says_nothing_about_its_outcome(string fault, bool isDone)
    {
        await StartAsync(fault);
        var wanted = await CreateReadyDatabaseAsync();

        var answer = await PromoteAsync(wanted);

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.BadGateway));
        Assert.That(Attached(), Does.Contain($"DATABASE → {(isDone ? wanted : "postgresql-curved-12345")}"));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task The_log_stream_breaks_off(bool tail)
    {
        await StartAsync("log stream: drop after=2");
        for (var i = 0; i < 5; i++)
        {
            _host.Server.World.Parts.Logs.Write("sushi", "app", "test.1", $"line {i}");
        }

        var session = await (await _host.Jim.SendAsync("POST", "/apps/sushi/log-sessions", new { lines = 5, tail, dyno = "test.1" })).JsonAsync();
        using var stream = new StreamReader(await _host.Jim.GetStreamAsync(new Uri(session!["logplex_url"]!.ToString())));

        var lines = new List<string>();
        Assert.That(async () => await ReadAsync(stream, lines), Throws.InstanceOf<IOException>());
        Assert.That(lines, Has.Count.EqualTo(2).And.All.Contains("line "));
    }

    private static async Task ReadAsync(StreamReader stream, List<string> lines)
    {
        while (await stream.ReadLineAsync() is { } line)
        {
            lines.Add(line);
        }
    }

    private async Task StartAsync(string faults) => _host = await HerokuHost.StartAsync(o => o with { Faults = Fault.Parse(faults) });

    private Task UntilHappenedAsync() => HerokuHost.UntilAsync(() => _host.Server.Faults[0].Contains("happened at", StringComparison.Ordinal), "it has happened");

    private Task SetConfigVarAsync() => _host.Jim.SendAsync("PATCH", "/apps/sushi/config-vars", new { MYVAR = "new" });

    private async Task<string> CreateDatabaseAsync() =>
        (await (await _host.Jim.SendAsync("POST", "/apps/sushi/addons", new { plan = "heroku-postgresql:standard-0" })).JsonAsync())!["name"]!.ToString();

    private async Task<string> CreateReadyDatabaseAsync()
    {
        var name = await CreateDatabaseAsync();
        await _host.UntilAsync(w => w.FindAddOn(name)!.AvailableAt is not null, "the database is ready");
        return name;
    }

    private Task<HttpResponseMessage> PromoteAsync(string addOn) =>
        _host.Jim.SendAsync("POST", "/addon-attachments", new { addon = addOn, app = "sushi", name = "DATABASE", confirm = "sushi" });

    private IReadOnlyList<string> Attached() => _host.Read(w => w.AttachmentsOf(w.FindApp("sushi")!).Select(a => $"{a.Name} → {w.AddOnOf(a.AddOn).Name}").ToList());

    private string Colour(string addOn) => _host.Read(w => w.AttachmentsOf(w.FindAddOn(addOn)!).First().Name.Split('_')[^1]);

    private async Task<string> StateOfAsync(string addOn) => (await _host.Jim.GetJsonAsync($"/addons/{addOn}"))["state"]!.ToString();

    private Task<System.Text.Json.Nodes.JsonNode> WaitStatusOfAsync(string addOn) => _host.Jim.GetJsonAsync($"/client/v11/databases/{addOn}/wait_status");
}
