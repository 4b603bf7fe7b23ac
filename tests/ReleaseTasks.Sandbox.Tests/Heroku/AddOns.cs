using System.Net;
using ReleaseTasks.Sandbox.Heroku.World;

namespace ReleaseTasks.Sandbox.Tests.Heroku;

public sealed class AddOns
{
    private static readonly object RollbackNow = new
    {
        plan = "heroku-postgresql:standard-0",
        attachment = new { },
        config = new { rollback = "HEROKU_POSTGRESQL_YELLOW", to = "now" },
    };

    [Test]
    public async Task Are_provisioned_after_the_answer_and_then_available()
    {
        await using var host = await HerokuHost.StartAsync(o => o with { Provisioning = TimeSpan.FromMilliseconds(200) });

        var answer = await host.Jim.SendAsync("POST", "/apps/sushi/addons", RollbackNow);
        var addOn = (await answer.JsonAsync())!;
        var id = addOn["id"]!.GetValue<string>();
        var waiting = await host.Jim.GetJsonAsync($"/client/v11/databases/{id}/wait_status");
        await host.UntilAsync(w => w.AddOns[^1].AvailableAt is not null, "the database is available");

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Created));
        Assert.That(addOn["state"]!.GetValue<string>(), Is.EqualTo("provisioning"));
        Assert.That(waiting.ToJsonString(), Is.EqualTo("""{"waiting?":true,"message":"recovering","step":"1/2"}"""));
        Assert.That((await host.Jim.GetJsonAsync($"/client/v11/databases/{id}/wait_status"))["waiting?"]!.GetValue<bool>(), Is.False);
        Assert.That((await host.Jim.GetJsonAsync($"/addons/{id}"))["config_vars"]!.ToJsonString(), Is.EqualTo("""["HEROKU_POSTGRESQL_SILVER_URL"]"""));
        Assert.That(host.Releases.Skip(3), Is.EqualTo([
            $"Attach HEROKU_POSTGRESQL_SILVER (@ref:{addOn["name"]})",
            $"@ref:{addOn["name"]} completed provisioning, setting HEROKU_POSTGRESQL_SILVER_URL.",
        ]));
    }

    [TestCase("""{"rollback": "HEROKU_POSTGRESQL_YELLOW"}""", TestName = "Refuse_a_rollback_without_a_time")]
    [TestCase("""{"rollback": "HEROKU_POSTGRESQL_YELLOW", "to": "yesterday"}""", TestName = "Refuse_a_time_that_is_none")]
    [TestCase("""{"rollback": "HEROKU_POSTGRESQL_YELLOW", "to": "2099-01-01 00:00+00"}""", TestName = "Refuse_a_time_in_the_future")]
    [TestCase("""{"rollback": "HEROKU_POSTGRESQL_YELLOW", "to": "2013-10-21 15:52+00"}""", TestName = "Refuse_a_time_before_the_earliest")]
    [TestCase("""{"rollback": "HEROKU_POSTGRESQL_YELLOW", "to": "now", "by": "1 day"}""", TestName = "Refuse_two_times")]
    [TestCase("""{"rollback": "HEROKU_POSTGRESQL_YELLOW", "by": "a while"}""", TestName = "Refuse_an_interval_that_is_none")]
    [TestCase("""{"rollback": "HEROKU_POSTGRESQL_PINK", "to": "now"}""", TestName = "Refuse_a_database_that_there_is_not")]
    [TestCase("""{"fork": "DATABASE_URL", "follow": "DATABASE_URL"}""", TestName = "Refuse_to_fork_and_follow")]
    [TestCase("""{"to": "now"}""", TestName = "Refuse_a_time_without_a_rollback")]
    [TestCase("""{"colour": "red"}""", TestName = "Refuse_an_unknown_option")]
    public async Task Refuse_bad_options(string config)
    {
        await using var host = await HerokuHost.StartAsync();
        var body = $$"""{"plan": "heroku-postgresql:standard-0", "config": {{config}}}""";
        using var request = new HttpRequestMessage(HttpMethod.Post, "/apps/sushi/addons") { Content = new StringContent(body) };

        Assert.That(await host.Jim.SendAsync(request).ErrorAsync(), Is.EqualTo("422 invalid_params"));
        Assert.That(host.Read(w => w.AddOns.Count), Is.EqualTo(1));
        Assert.That(host.Releases, Has.Count.EqualTo(3));
    }

    [TestCase("essential-0", "standard-0")]
    [TestCase("standard-0", "essential-0")]
    public async Task Roll_back_between_plans_that_can_only(string source, string target)
    {
        await using var host = await HerokuHost.StartAsync();
        host.Change(w => w.AddOns[0].Plan = $"heroku-postgresql:{source}");

        var refused = await host.Jim.SendAsync("POST", "/apps/sushi/addons", new { plan = $"heroku-postgresql:{target}", config = new { rollback = "DATABASE_URL", to = "now" } }).ErrorAsync();

        Assert.That(refused, Is.EqualTo("422 invalid_params"));
    }

    [Test]
    public async Task Are_promoted_as_the_CLI_does_it()
    {
        await using var host = await HerokuHost.StartAsync();
        var fork = (await (await host.Jim.SendAsync("POST", "/apps/sushi/addons", new { plan = "heroku-postgresql:standard-0", config = new { fork = "DATABASE_URL" } })).JsonAsync())!;
        await host.UntilAsync(w => w.AddOns[^1].AvailableAt is not null, "the fork is available");
        var promotion = new { addon = fork["name"]!.GetValue<string>(), app = "sushi", name = "DATABASE" };

        var unconfirmed = await host.Jim.SendAsync("POST", "/addon-attachments", promotion).ErrorAsync();
        await host.Jim.SendAsync("POST", "/addon-attachments", new { promotion.addon, promotion.app, promotion.name, confirm = "sushi", @namespace = (string?)null });

        Assert.That(unconfirmed, Is.EqualTo("423 confirmation_required"));
        Assert.That(host.Releases.TakeLast(2), Is.EqualTo(["Detach DATABASE (@ref:postgresql-curved-12345)", $"Attach DATABASE (@ref:{fork["name"]})"]));
        Assert.That(host.Sushi.ConfigVars["DATABASE_URL"], Is.EqualTo(host.Read(w => w.AddOns[^1].Vars["URL"])));
        Assert.That(host.Sushi.ConfigVars["HEROKU_POSTGRESQL_YELLOW_URL"], Is.EqualTo(host.Read(w => w.AddOns[0].Vars["URL"])));
    }

    [Test]
    public async Task Are_shared_between_apps_by_any_of_their_names()
    {
        await using var host = await HerokuHost.StartAsync();
        await host.Jim.SendAsync("POST", "/apps", new { name = "maki" });

        var addOn = await host.Jim.GetJsonAsync("/addons/sushi::DATABASE");
        await host.Jim.SendAsync("POST", "/addon-attachments", new { addon = (string?)addOn["name"], app = "maki", name = "SUSHI" });

        Assert.That((string?)addOn["name"], Is.EqualTo("postgresql-curved-12345"));
        Assert.That(host.Read(w => w.FindApp("maki")!.ConfigVars["SUSHI_URL"]), Is.EqualTo(host.Sushi.ConfigVars["DATABASE_URL"]));
        Assert.That(await host.Jim.SendAsync("GET", "/addons/sushi::NOSUCH").ErrorAsync(), Is.EqualTo("404 not_found"));
    }

    [Test]
    public async Task Are_offered_by_services_in_plans()
    {
        await using var host = await HerokuHost.StartAsync();

        var services = await host.Jim.GetJsonAsync("/addon-services");
        var plans = await host.Jim.GetJsonAsync("/addon-services/heroku-postgresql/plans");

        Assert.That(services.AsArray().Select(s => (string?)s!["name"]), Does.Contain("heroku-postgresql").And.Contain("papertrail").And.Unique);
        Assert.That(plans.AsArray().Select(p => (string?)p!["name"]), Does.Contain("heroku-postgresql:standard-0").And.All.StartsWith("heroku-postgresql:"));
    }

    [Test]
    public async Task Keep_their_last_attachment()
    {
        await using var host = await HerokuHost.StartAsync();
        await host.Jim.SendAsync("DELETE", $"/addon-attachments/{host.Read(w => w.Attachments[0].Id)}");

        var last = await host.Jim.SendAsync("DELETE", $"/addon-attachments/{host.Read(w => w.Attachments[0].Id)}").ErrorAsync();

        Assert.That(last, Is.EqualTo("422 invalid_params"));
        Assert.That(host.Sushi.ConfigVars, Does.Not.ContainKey("DATABASE_URL"));
        Assert.That(host.Releases[^1], Is.EqualTo("Detach DATABASE (@ref:postgresql-curved-12345)"));
    }

    [Test]
    public async Task Go_with_their_attachments_and_config_vars()
    {
        await using var host = await HerokuHost.StartAsync();

        var answer = await host.Jim.SendAsync("DELETE", "/apps/sushi/addons/postgresql-curved-12345", new { force = false });

        Assert.That((await answer.JsonAsync())!["state"]!.GetValue<string>(), Is.EqualTo("deprovisioned"));
        Assert.That(host.Read(w => (w.AddOns.Count, w.Attachments.Count)), Is.EqualTo((0, 0)));
        Assert.That(host.Sushi.ConfigVars.Keys, Is.EqualTo(["MYVAR"]));
    }

    [Test]
    public async Task Are_resolved_by_their_names_and_no_config_var()
    {
        await using var host = await HerokuHost.StartAsync();

        var byAttachment = await (await host.Jim.SendAsync("POST", "/actions/addon-attachments/resolve", new { addon_attachment = "DATABASE", app = "sushi" })).JsonAsync();
        var byAddOn = await (await host.Jim.SendAsync("POST", "/actions/addon-attachments/resolve", new { addon_attachment = "postgresql-curved-12345", app = "sushi" })).JsonAsync();

        Assert.That(byAttachment!.AsArray(), Has.Count.EqualTo(1));
        Assert.That(byAddOn!.AsArray(), Has.Count.EqualTo(2));
        Assert.That(await host.Jim.SendAsync("POST", "/actions/addon-attachments/resolve", new { addon_attachment = "DATABASE_URL", app = "sushi" }).ErrorAsync(), Is.EqualTo("404 not_found"));
        Assert.That((await host.Jim.SendAsync("POST", "/actions/addons/resolve", new { addon = "DATABASE", app = "sushi" })).StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task Tell_the_data_service_all_about_them()
    {
        await using var host = await HerokuHost.StartAsync();
        var id = host.Read(w => w.AddOns[0].Id);

        var database = await host.Jim.GetJsonAsync($"/client/v11/databases/{id}");

        var info = database["info"]!.AsArray().ToDictionary(r => r!["name"]!.GetValue<string>(), r => r!["values"]![0]!.GetValue<string>());
        Assert.That(info["Plan"], Is.EqualTo("Standard 0"));
        Assert.That(info["Rollback"], Does.Match(@"^earliest from \d{4}-\d\d-\d\d \d\d:\d\d UTC$"));
        Assert.That(database["resource_url"]!.GetValue<string>(), Is.EqualTo(host.Sushi.ConfigVars["DATABASE_URL"]));
    }

    [Test]
    public async Task Are_backed_up_and_restored()
    {
        await using var host = await HerokuHost.StartAsync();
        var id = host.Read(w => w.AddOns[0].Id);

        var backup = (await (await host.Jim.SendAsync("POST", $"/client/v11/databases/{id}/backups")).JsonAsync())!;
        await host.UntilAsync(w => w.FindApp("sushi")!.Transfers[0].FinishedAt is not null, "the backup is finished");
        var finished = await host.Jim.GetJsonAsync($"/client/v11/apps/sushi/transfers/{backup["num"]}?verbose=true");
        await host.Jim.SendAsync("POST", $"/client/v11/databases/{id}/restores", new { backup_url = finished["to_url"]!.GetValue<string>() });
        await host.UntilAsync(w => w.FindApp("sushi")!.Transfers[^1].FinishedAt is not null, "the restore is finished");
        var list = (await host.Jim.GetJsonAsync("/client/v11/apps/sushi/transfers")).AsArray();

        Assert.That(finished["succeeded"]!.GetValue<bool>());
        Assert.That(finished["from_name"]!.GetValue<string>(), Is.EqualTo("DATABASE"));
        Assert.That(finished["logs"]!.AsArray(), Has.Count.EqualTo(2));
        Assert.That(list.Select(t => ((int)t!["num"]!, t["to_type"]!.GetValue<string>(), (bool)t["succeeded"]!)), Is.EqualTo([(1, "gof3r", true), (2, "pg_restore", true)]));
    }

    [Test]
    public async Task Go_on_being_provisioned_after_a_restart()
    {
        string directory;
        await using (var host = await HerokuHost.StartAsync(o => o with { Provisioning = TimeSpan.FromHours(1) }, keep: true))
        {
            directory = host.Directory;
            await host.Jim.SendAsync("POST", "/apps/sushi/addons", RollbackNow);
        }

        await using var restarted = await HerokuHost.StartAsync(directory: directory);

        await restarted.UntilAsync(w => w.AddOns[^1].State == AddOnState.Provisioned, "the database is provisioned");
    }

    [Test]
    public async Task Become_available_after_a_restart_that_came_when_they_were_all_but_ready()
    {
        string directory;
        await using (var host = await HerokuHost.StartAsync(keep: true))
        {
            directory = host.Directory;
            host.Change(world => world.AddOns[0].AvailableAt = null);
        }

        await using var restarted = await HerokuHost.StartAsync(directory: directory);

        var status = await restarted.Jim.GetJsonAsync("/client/v11/databases/postgresql-curved-12345/wait_status");
        Assert.That(status["message"]!.GetValue<string>(), Is.EqualTo("available"));
    }

    [Test]
    public async Task Are_backed_up_after_a_restart_that_came_in_the_middle_of_it()
    {
        string directory;
        await using (var host = await HerokuHost.StartAsync(o => o with { Faults = Fault.Parse("transfer: hang") }, keep: true))
        {
            directory = host.Directory;
            await host.Jim.SendAsync("POST", "/client/v11/databases/postgresql-curved-12345/backups");
            await host.UntilAsync(w => w.FindApp("sushi")!.Transfers[0].StartedAt is not null, "the backup has begun");
        }

        await using var restarted = await HerokuHost.StartAsync(directory: directory);

        await restarted.UntilAsync(w => w.FindApp("sushi")!.Transfers[0].FinishedAt is not null, "the backup is finished");
        Assert.That(restarted.Sushi.Transfers.Select(t => (t.Number, t.Succeeded)), Is.EqualTo([(1, (bool?)true)]));
    }
}
