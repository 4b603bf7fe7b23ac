using System.Net;
using ReleaseTasks.Sandbox.Heroku.World;

namespace ReleaseTasks.Sandbox.Tests.Heroku;

public sealed class Releasing
{
    [Test]
    public async Task Makes_one_release_for_one_change_of_config_vars()
    {
        await using var host = await HerokuHost.StartAsync();

        var answer = await host.Jim.SendAsync("PATCH", "/apps/sushi/config-vars", new { A = "1", B = "2" });

        Assert.That((await answer.JsonAsync())!["A"]!.GetValue<string>(), Is.EqualTo("1"));
        Assert.That(host.Releases, Has.Count.EqualTo(4));
        Assert.That(host.Releases[^1], Is.EqualTo("Set A, B config vars"));
        await host.UntilAsync(w => w.FindApp("sushi")!.Current!.Version == 4, "v4 is current");
        Assert.That(host.Dynos.Runs.Select(r => r.Command), Is.EqualTo(["migrate"]));
        Assert.That(host.Dynos.Runs[0].ConfigVars["A"], Is.EqualTo("1"));
    }

    [Test]
    public async Task Takes_a_config_var_away_for_null()
    {
        await using var host = await HerokuHost.StartAsync();

        await host.Jim.SendAsync("PATCH", "/apps/sushi/config-vars", new { MYVAR = (string?)null });

        Assert.That(host.Sushi.ConfigVars, Does.Not.ContainKey("MYVAR"));
        Assert.That(host.Releases[^1], Is.EqualTo("Remove MYVAR config vars"));
    }

    [Test]
    public async Task Is_pending_while_the_release_phase_runs_and_streams_its_output()
    {
        await using var host = await HerokuHost.StartAsync();
        var gate = new TaskCompletionSource();
        host.Dynos.Gate = gate.Task;
        await host.Jim.SendAsync("PATCH", "/apps/sushi/config-vars", new { A = "1" });
        var release = await host.Jim.GetJsonAsync("/apps/sushi/releases/4");
        using var anonymous = new HttpClient();

        await using var stream = await anonymous.GetStreamAsync(new Uri(release["output_stream_url"]!.GetValue<string>()));
        using var reader = new StreamReader(stream);
        var first = await reader.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(20));
        var current = host.Sushi.Current!.Version;
        gate.SetResult();
        var rest = await reader.ReadToEndAsync().WaitAsync(TimeSpan.FromSeconds(20));

        Assert.That(release["status"]!.GetValue<string>(), Is.EqualTo("pending"));
        Assert.That((first, rest, current), Is.EqualTo(("ran migrate", "", 3)));
        await host.UntilAsync(w => w.FindApp("sushi")!.Current!.Version == 4, "v4 is current");
    }

    [Test]
    public async Task Leaves_the_old_release_current_when_the_release_phase_fails()
    {
        await using var host = await HerokuHost.StartAsync();
        host.Dynos.Result = _ => (1, "can't locate revision");

        await host.Jim.SendAsync("PATCH", "/apps/sushi/config-vars", new { A = "1" });
        await host.UntilAsync(w => w.FindApp("sushi")!.Releases[^1].Status == ReleaseStatus.Failed, "v4 has failed");

        var release = await host.Jim.GetJsonAsync("/apps/sushi/releases/4");
        Assert.That(release["status"]!.GetValue<string>(), Is.EqualTo("failed"));
        Assert.That(release["eligible_for_rollback"]!.GetValue<bool>(), Is.False);
        Assert.That(host.Sushi.Current!.Version, Is.EqualTo(3));
    }

    [Test]
    public async Task Rolls_slug_and_config_vars_back_and_leaves_add_ons()
    {
        await using var host = await HerokuHost.StartAsync();
        await host.Jim.SendAsync("PATCH", "/apps/sushi/config-vars", new { MYVAR = "new" });
        await host.Jim.SendAsync("POST", "/apps/sushi/addons", new { plan = "heroku-postgresql:standard-0", attachment = new { name = "HEROKU_POSTGRESQL_SILVER" } });
        await host.UntilAsync(w => w.FindApp("sushi")!.ConfigVars.ContainsKey("HEROKU_POSTGRESQL_SILVER_URL"), "the database is provisioned");
        var target = (await host.Jim.GetJsonAsync("/apps/sushi/releases/3"))["id"]!.GetValue<string>();

        var answer = await host.Jim.SendAsync("POST", "/apps/sushi/releases", new { release = target });

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Created));
        Assert.That(host.Releases[^1], Is.EqualTo("Rollback to v3"));
        Assert.That(host.Sushi.ConfigVars["MYVAR"], Is.EqualTo("old"));
        Assert.That(host.Sushi.ConfigVars, Does.Not.ContainKey("HEROKU_POSTGRESQL_SILVER_URL"));
        Assert.That(host.Read(w => w.Attachments.Count), Is.EqualTo(3));
    }

    [Test]
    public async Task Refuses_what_can_not_be_rolled_back_to()
    {
        await using var host = await HerokuHost.StartAsync();

        Assert.That(await host.Jim.SendAsync("POST", "/apps/sushi/releases", new { release = "1" }).ErrorAsync(), Is.EqualTo("422 invalid_params"));
        Assert.That(await host.Jim.SendAsync("POST", "/apps/sushi/releases", new { release = "99" }).ErrorAsync(), Is.EqualTo("404 not_found"));
        Assert.That(await host.Jim.SendAsync("POST", "/apps/sushi/releases", new { }).ErrorAsync(), Is.EqualTo("422 invalid_params"));
        Assert.That(host.Releases, Has.Count.EqualTo(3));
    }

    [Test]
    public async Task Keeps_no_way_back_to_old_slugs()
    {
        await using var host = await HerokuHost.StartAsync(o => o with { KeptSlugs = 2 });
        foreach (var commit in new[] { "b", "c" })
        {
            var slug = host.Build(new string(commit[0], 40));
            await host.Jim.SendAsync("POST", "/apps/sushi/releases", new { slug });
        }

        await host.UntilAsync(w => w.FindApp("sushi")!.Current!.Version == 5, "v5 is current");

        var v3 = await host.Jim.GetJsonAsync("/apps/sushi/releases/3");
        Assert.That(((string?)v3["status"], (bool)v3["eligible_for_rollback"]!), Is.EqualTo(("expired", false)));
        Assert.That((bool)(await host.Jim.GetJsonAsync("/apps/sushi/releases/4"))["eligible_for_rollback"]!, Is.True);
        Assert.That(await host.Jim.SendAsync("POST", "/apps/sushi/releases", new { release = "3" }).ErrorAsync(), Is.EqualTo("422 invalid_params"));
    }

    [Test]
    public async Task Stops_a_release_phase_that_takes_too_long()
    {
        await using var host = await HerokuHost.StartAsync(o => o with { ReleaseLimit = TimeSpan.FromMilliseconds(100) });
        host.Dynos.Gate = new TaskCompletionSource().Task;

        await host.Jim.SendAsync("PATCH", "/apps/sushi/config-vars", new { A = "1" });
        await host.UntilAsync(w => w.FindApp("sushi")!.Releases[^1].Status == ReleaseStatus.Failed, "v4 has failed");

        Assert.That(host.Sushi.Current!.Version, Is.EqualTo(3));
        Assert.That(host.Log, Has.Some.Contains("was stopped"));
    }

    [Test]
    public async Task Protects_the_config_vars_of_add_ons()
    {
        await using var host = await HerokuHost.StartAsync();

        Assert.That(await host.Jim.SendAsync("PATCH", "/apps/sushi/config-vars", new { DATABASE_URL = "x", A = "1" }).ErrorAsync(), Is.EqualTo("422 invalid_params"));

        Assert.That(host.Sushi.ConfigVars, Does.Not.ContainKey("A"));
        Assert.That(host.Releases, Has.Count.EqualTo(3));
    }

    [Test]
    public async Task Fails_the_release_whose_release_phase_a_power_cut_ended()
    {
        string directory;
        await using (var host = await HerokuHost.StartAsync(keep: true))
        {
            directory = host.Directory;
            host.Dynos.Gate = new TaskCompletionSource().Task;
            await host.Jim.SendAsync("PATCH", "/apps/sushi/config-vars", new { A = "1" });
            await HerokuHost.UntilAsync(() => host.Dynos.Runs.Count == 1, "the release phase runs");
        }

        await using var restarted = await HerokuHost.StartAsync(directory: directory);

        Assert.That(restarted.Sushi.Releases[^1].Status, Is.EqualTo(ReleaseStatus.Failed));
        Assert.That(restarted.Sushi.Current!.Version, Is.EqualTo(3));
    }
}
