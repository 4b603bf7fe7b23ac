namespace ReleaseTasks.Sandbox.Tests.Heroku;

/// <summary>Dynos, those of the formation and those for one command.</summary>
public sealed class Running
{
    [Test]
    public async Task Scales_and_lists_dynos()
    {
        await using var host = await HerokuHost.StartAsync();

        await host.Jim.SendAsync("PATCH", "/apps/sushi/formation", new { updates = new[] { new { type = "worker", quantity = 2 } } });

        Assert.That((await host.Jim.GetJsonAsync("/apps/sushi/dynos")).AsArray().Select(d => d!["name"]!.GetValue<string>()), Is.EqualTo(["web.1", "worker.1", "worker.2"]));
        Assert.That((await host.Jim.GetJsonAsync("/apps/sushi/formation")).AsArray().Select(d => (int)d!["quantity"]!), Is.EquivalentTo([1, 2, 0]));
    }

    [Test]
    public async Task Replaces_dynos_on_a_new_release()
    {
        await using var host = await HerokuHost.StartAsync();
        await host.UpAsync("web.1");

        await host.Jim.SendAsync("PATCH", "/apps/sushi/config-vars", new { A = "1" });
        await host.UntilAsync(w => w.FindApp("sushi")!.Current!.Version == 4, "v4 is current");

        var dynos = (await host.Jim.GetJsonAsync("/apps/sushi/dynos")).AsArray();
        Assert.That(dynos.Select(d => (int)d!["release"]!["version"]!), Is.All.EqualTo(4));
    }

    [Test]
    public async Task Restarts_a_crashed_dyno_at_once_and_leaves_it_when_it_crashes_again()
    {
        await using var host = await HerokuHost.StartAsync();
        await host.UpAsync("web.1");
        host.Dynos.Crash = 1;

        await host.Jim.SendAsync("DELETE", "/apps/sushi/dynos/web.1");
        await HerokuHost.UntilAsync(() => host.LogTimes("heroku[web.1]: State changed from starting to crashed").Count == 2, "web.1 has crashed twice");

        Assert.That(host.LogTimes("heroku[web.1]: State changed from crashed to starting"), Has.Count.EqualTo(1));
        Assert.That((await host.Jim.GetJsonAsync("/apps/sushi/dynos/web.1"))["state"]!.GetValue<string>(), Is.EqualTo("crashed"));
    }

    [Test]
    public async Task Tries_a_crashed_dyno_again_after_a_while()
    {
        await using var host = await HerokuHost.StartAsync(o => o with { Speed = 3600 });
        await host.UpAsync("web.1");
        host.Dynos.Crash = 1;
        await host.Jim.SendAsync("DELETE", "/apps/sushi/dynos/web.1");

        await HerokuHost.UntilAsync(() => host.Log.Count(l => l == "heroku[web.1]: State changed from crashed to starting") > 1, "web.1 was restarted twice");
        host.Dynos.Crash = null;
        await HerokuHost.UntilAsync(() => host.Log[^1].EndsWith("State changed from starting to up", StringComparison.Ordinal), "web.1 is up");

        var crashes = host.LogTimes("heroku[web.1]: State changed from starting to crashed");
        var starts = host.LogTimes("heroku[web.1]: State changed from crashed to starting");
        Assert.That(starts[1] - crashes[1], Is.GreaterThan(TimeSpan.FromMinutes(9)));
    }

    [Test]
    public async Task Gives_up_on_a_web_dyno_that_does_not_listen_in_time()
    {
        await using var host = await HerokuHost.StartAsync(o => o with { BootLimit = TimeSpan.FromMilliseconds(100) });
        host.Dynos.Gate = new TaskCompletionSource().Task;

        await host.Jim.SendAsync("DELETE", "/apps/sushi/dynos/web.1");
        await HerokuHost.UntilAsync(() => host.Log.Contains("heroku[web.1]: State changed from starting to crashed"), "web.1 has crashed");

        Assert.That(host.Log, Has.Some.EqualTo("heroku[web.1]: Error R10 (Boot timeout) -> Web process failed to bind to $PORT within 60 seconds of launch"));
    }

    [Test]
    public async Task Runs_a_one_off_dyno_into_the_log()
    {
        await using var host = await HerokuHost.StartAsync();

        var dyno = (await (await host.Jim.SendAsync("POST", "/apps/sushi/dynos", new { command = "stamp", attach = false, env = new { X = "1" } })).JsonAsync())!;
        await HerokuHost.UntilAsync(() => host.Log.Contains($"heroku[{dyno["name"]}]: State changed from up to complete"), "the dyno has ended");

        Assert.That(host.Dynos.Runs[^1].ConfigVars, Contains.Key("X").And.ContainKey("DATABASE_URL"));
        Assert.That(host.Log, Contains.Item($"app[{dyno["name"]}]: ran stamp").And.Contains($"heroku[{dyno["name"]}]: Process exited with status 0"));
    }

    [Test]
    public async Task Has_nothing_to_run_before_the_first_deploy()
    {
        await using var host = await HerokuHost.StartAsync();
        await host.Jim.SendAsync("POST", "/apps", new { name = "maki" });

        Assert.That(await host.Jim.SendAsync("POST", "/apps/maki/dynos", new { command = "ls" }).ErrorAsync(), Is.EqualTo("409 conflict"));
    }
}
