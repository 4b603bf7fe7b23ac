using System.Net;
using ReleaseTasks.Sandbox.Heroku.World;

namespace ReleaseTasks.Sandbox.Tests.Heroku;

public sealed class Misfortunes
{
    [Test]
    public async Task Happen_as_often_as_the_script_says_and_before_anything_is_done()
    {
        await using var host = await StartAsync(new Fault { On = "PATCH /apps/*", Do = "answer", Status = 429, RetryAfter = 3, After = 1 });

        var first = await host.Jim.SendAsync("PATCH", "/apps/sushi", new { maintenance = true });
        var second = await host.Jim.SendAsync("PATCH", "/apps/sushi", new { maintenance = false });
        var still = host.Sushi.Maintenance;
        var third = await host.Jim.SendAsync("PATCH", "/apps/sushi", new { maintenance = false });

        Assert.That((first.StatusCode, second.StatusCode, third.StatusCode), Is.EqualTo((HttpStatusCode.OK, HttpStatusCode.TooManyRequests, HttpStatusCode.OK)));
        Assert.That(second.Headers.RetryAfter!.Delta, Is.EqualTo(TimeSpan.FromSeconds(3)));
        Assert.That(still);
    }

    [Test]
    public async Task Can_hide_that_it_was_done()
    {
        await using var host = await StartAsync(new Fault { On = "PATCH /apps/sushi", Do = "answer-after", Status = 502 });

        var answer = await host.Jim.SendAsync("PATCH", "/apps/sushi", new { maintenance = true });

        Assert.That((answer.StatusCode, host.Sushi.Maintenance), Is.EqualTo((HttpStatusCode.BadGateway, true)));
    }

    [TestCase("drop")]
    [TestCase("drop-body")]
    public async Task Cut_the_connection(string what)
    {
        await using var host = await StartAsync(new Fault { On = "GET /apps/sushi", Do = what });

        Assert.That(() => host.Jim.GetJsonAsync("/apps/sushi"), Throws.InstanceOf<HttpRequestException>());
        Assert.That((await host.Jim.SendAsync("GET", "/apps/sushi")).StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task Take_a_field_away()
    {
        await using var host = await StartAsync(new Fault { On = "GET /client/v11/apps/*", Do = "remove", Field = "uuid" }, new Fault { On = "GET /account", Do = "hang" });
        host.Jim.Timeout = TimeSpan.FromSeconds(1);
        await host.Jim.SendAsync("POST", $"/client/v11/databases/{host.Read(w => w.AddOns[0].Id)}/backups");

        var list = await host.Jim.GetJsonAsync("/client/v11/apps/sushi/transfers");

        Assert.That(list[0]!.AsObject(), Does.Not.ContainKey("uuid").And.ContainKey("num"));
        Assert.That(() => host.Jim.GetJsonAsync("/account"), Throws.InstanceOf<TaskCanceledException>());
    }

    [Test]
    public async Task Befall_the_release_phase_and_provisioning()
    {
        await using var host = await StartAsync(new Fault { On = "release phase", Do = "fail" }, new Fault { On = "provisioning", Do = "fail" });

        await host.Jim.SendAsync("POST", "/apps/sushi/addons", new { plan = "heroku-postgresql:standard-0" });
        await host.UntilAsync(w => w.AddOns[^1].State == AddOnState.Deprovisioned && w.FindApp("sushi")!.Releases[^1].Status == ReleaseStatus.Failed, "both have failed");

        Assert.That(host.Sushi.Current!.Version, Is.EqualTo(3));
    }

    [Test]
    public void Must_be_known()
    {
        var directory = Directory.CreateTempSubdirectory().FullName;
        File.WriteAllText(Path.Combine(directory, "faults.json"), """[{ "on": "GET /", "do": "explode" }]""");

        Assert.That(() => HerokuHost.StartAsync(directory: directory), Throws.TypeOf<InvalidDataException>().With.Message.Contains("'explode'"));

        Directory.Delete(directory, recursive: true);
    }

    private static Task<HerokuHost> StartAsync(params Fault[] faults) => HerokuHost.StartAsync(o => o with { Faults = faults });
}
