namespace ReleaseTasks.EndToEnd.HerokuCli;

/// <summary>The procedure's commands about add-ons, databases and backups.</summary>
public sealed class TheCliAndDatabases : CliTest
{
    [Test]
    public async Task Creates_promotes_and_destroys_a_rollback_database()
    {
        var created = await Heroku.RunAsync(
            "addons:create", "heroku-postgresql:standard-0", "--rollback", "HEROKU_POSTGRESQL_YELLOW", "--to", "now", "--wait", "--app", "sushi");
        var database = Heroku.Read(w => w.AddOns[^1].Name);
        var waited = await Heroku.RunAsync("pg:wait");
        var info = await Heroku.SucceedAsync("pg:info");
        var promoted = await Heroku.RunAsync("pg:promote", "HEROKU_POSTGRESQL_SILVER", "--app", "sushi");
        var addOns = await Heroku.SucceedAsync("addons", "-a", "sushi");
        var destroyed = await Heroku.RunAsync("addons:destroy", "HEROKU_POSTGRESQL_YELLOW", "--app", "sushi", "--confirm", "sushi");

        Assert.That(created.ExitCode, Is.Zero, created.ToString());
        Assert.That(waited.ExitCode, Is.Zero, waited.ToString());
        Assert.That(info, Does.Match("=== (DATABASE_URL, HEROKU_POSTGRESQL_YELLOW_URL|HEROKU_POSTGRESQL_YELLOW_URL, DATABASE_URL)\\s").And.Match(@"Rollback:\s+earliest from ").And.Contain("HEROKU_POSTGRESQL_SILVER_URL"));
        Assert.That(promoted.ExitCode, Is.Zero, promoted.ToString());
        Assert.That(addOns, Does.Contain(database).And.Contain("as HEROKU_POSTGRESQL_SILVER").And.Contain("as DATABASE"));
        Assert.That(destroyed.ExitCode, Is.Zero, destroyed.ToString());
        Assert.That(Heroku.Read(w => w.AddOns.Select(a => a.Name).ToList()), Is.EqualTo([database]));
        Assert.That(Heroku.Read(w => w.Attachments.Select(a => a.Name).ToList()), Is.EquivalentTo(["DATABASE", "HEROKU_POSTGRESQL_SILVER"]));
        Assert.That(Heroku.Sushi.ConfigVars["DATABASE_URL"], Does.Contain(database));
    }

    [Test]
    public async Task Is_refused_what_Heroku_refuses()
    {
        var past = await Heroku.RunAsync("addons:create", "heroku-postgresql:standard-0", "--rollback", "DATABASE", "--to", "2013-10-21 15:52+00");
        var plan = await Heroku.RunAsync("addons:create", "heroku-postgresql:essential-0", "--rollback", "DATABASE", "--to", "now");
        var app = await Heroku.RunAsync("releases", "-a", "nigiri");

        Assert.That((past.ExitCode, plan.ExitCode, app.ExitCode), Is.EqualTo((2, 2, 2)));
        Assert.That(past.Errors, Does.Contain("earliest from").And.Contain("invalid_params"));
        Assert.That(plan.Errors, Does.Contain("does not support rollback"));
        Assert.That(app.Errors, Does.Contain("Couldn't find that app.").And.Contain("not_found"));
        Assert.That(Heroku.Read(w => w.AddOns.Count), Is.EqualTo(1));
    }

    [Test]
    public async Task Attaches_and_detaches()
    {
        var attached = await Heroku.RunAsync("addons:attach", "postgresql-curved-12345", "--as", "REPORTS");
        var present = Heroku.Sushi.ConfigVars.ContainsKey("REPORTS_URL");
        var detached = await Heroku.RunAsync("addons:detach", "REPORTS");

        Assert.That((attached.ExitCode, detached.ExitCode, present), Is.EqualTo((0, 0, true)), $"{attached}{detached}");
        Assert.That(Heroku.Sushi.ConfigVars, Does.Not.ContainKey("REPORTS_URL"));
        Assert.That(
            Heroku.Sushi.Releases.Skip(4).Select(r => r.Description),
            Is.EqualTo(["Attach REPORTS (@ref:postgresql-curved-12345)", "Detach REPORTS (@ref:postgresql-curved-12345)"]));
    }

    [Test]
    public async Task Backs_up_and_restores()
    {
        var captured = await Heroku.RunAsync("pg:backups:capture", "DATABASE");
        var info = await Heroku.SucceedAsync("pg:backups:info", "b001");
        var url = await Heroku.SucceedAsync("pg:backups:url", "b001");
        var restored = await Heroku.RunAsync("pg:backups:restore", "b001", "DATABASE", "--confirm", "sushi");
        var list = await Heroku.SucceedAsync("pg:backups");

        Assert.That(captured.ExitCode, Is.Zero, captured.ToString());
        Assert.That(info, Does.Contain("=== Backup b001").And.Match(@"Status:\s+Completed"));
        Assert.That(url, Does.StartWith("http://127.0.0.1:"));
        Assert.That(restored.ExitCode, Is.Zero, restored.ToString());
        Assert.That(list, Does.Contain("b001").And.Contain("r002"));
        Assert.That(Heroku.Sushi.Transfers.Select(t => t.Succeeded), Is.EqualTo([true, true]));
    }

    [Test]
    public async Task Schedules_daily_backups_and_ends_them()
    {
        var scheduled = await Heroku.RunAsync("pg:backups:schedule", "DATABASE", "--at", "04:00 CET");
        var again = await Heroku.RunAsync("pg:backups:schedule", "DATABASE", "--at", "05:00 UTC");
        var schedules = await Heroku.SucceedAsync("pg:backups:schedules");
        var unscheduled = await Heroku.RunAsync("pg:backups:unschedule");
        var none = await Heroku.RunAsync("pg:backups:schedules");

        Assert.That((scheduled.ExitCode, again.ExitCode, unscheduled.ExitCode), Is.EqualTo((0, 0, 0)), $"{scheduled}{again}{unscheduled}");
        Assert.That(scheduled.Errors, Does.Contain("postgresql-curved-12345 at 04:00 Europe/Paris"));
        Assert.That(schedules.Trim().Split('\n'), Is.EqualTo(["=== Backup Schedules", "", "DATABASE_URL: daily at 5:00 UTC"]));
        Assert.That(none.Errors, Does.Contain("No backup schedules found on"));
    }

    [Test]
    public async Task Attaches_a_connection_pool()
    {
        var pooled = await Heroku.RunAsync("pg:connection-pooling:attach", "DATABASE");
        var named = await Heroku.RunAsync("pg:connection-pooling:attach", "DATABASE", "--as", "POOL");

        Assert.That((pooled.ExitCode, named.ExitCode), Is.EqualTo((0, 0)), $"{pooled}{named}");
        Assert.That(pooled.Errors, Does.Contain("Setting DATABASE_CONNECTION_POOL config vars and restarting").And.Contain("done, v5"));
        Assert.That(Heroku.Sushi.ConfigVars.Keys, Does.Contain("DATABASE_CONNECTION_POOL_URL").And.Contain("POOL_URL"));
        Assert.That(
            Heroku.Read(w => w.AttachmentsOf(w.AddOns[0]).Where(a => a.Namespace == "connection-pooling:default").Select(a => a.Name).ToList()),
            Is.EqualTo(["DATABASE_CONNECTION_POOL", "POOL"]));
    }

    [Test]
    public async Task Changes_plans_up_and_down()
    {
        var up = await Heroku.RunAsync("addons:upgrade", "postgresql-curved-12345", "heroku-postgresql:premium-0");
        var down = await Heroku.RunAsync("addons:downgrade", "heroku-postgresql:standard-2");
        var unknown = await Heroku.RunAsync("addons:upgrade", "postgresql-curved-12345", "no-such-plan");

        Assert.That((up.ExitCode, down.ExitCode, unknown.ExitCode == 0), Is.EqualTo((0, 0, false)), $"{up}{down}{unknown}");
        Assert.That(up.Errors, Does.Contain("from heroku-postgresql:standard-0 to heroku-postgresql:premium-0").And.Contain("$200/month"));
        Assert.That(unknown.Errors, Does.Contain("Here are the available plans for").And.Contain("heroku-postgresql:standard-0"));
        Assert.That(Heroku.Read(w => w.AddOns.Select(a => a.Plan).ToList()), Is.EqualTo(["heroku-postgresql:standard-2"]));
        Assert.That(Heroku.Sushi.Releases.Skip(4).Select(r => r.Description), Is.EqualTo(
        [
            "Update heroku-postgresql to heroku-postgresql:premium-0 (@ref:postgresql-curved-12345)",
            "Update heroku-postgresql to heroku-postgresql:standard-2 (@ref:postgresql-curved-12345)",
        ]));
    }
}
