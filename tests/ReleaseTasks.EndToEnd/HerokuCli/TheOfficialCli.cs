using ReleaseTasks.Sandbox.Heroku.World;

namespace ReleaseTasks.EndToEnd.HerokuCli;

/// <summary>The procedure's commands, typed into the official CLI: what it prints, and what the world is like afterwards.</summary>
public sealed class TheOfficialCli : CliTest
{
    [Test]
    public async Task Shows_releases_and_rolls_back()
    {
        var releases = await Heroku.SucceedAsync("releases");
        var json = await Heroku.SucceedAsync("releases", "--json", "-n", "1");
        var info = await Heroku.SucceedAsync("releases:info", "v3");
        var rollback = await Heroku.RunAsync("rollback");
        await Heroku.UntilAsync(w => w.FindApp("sushi")!.Current!.Version == 5, "v5 is current");
        var output = await Heroku.SucceedAsync("releases:output", "v5");

        Assert.That(releases, Does.Match(@"v4\s+Deploy aaaaaaa\s+jim@example.com").And.Match(@"v3\s+Deploy de63889\s+stephan@example.com"));
        Assert.That(json, Does.Contain("\"version\": 4").And.Not.Contain("\"version\": 3"));
        Assert.That(info, Does.Match(@"Change:\s+Deploy de63889").And.Contain("heroku-postgresql:standard-0").Or.Match(@"By:\s+stephan@example.com"));
        Assert.That(rollback.ExitCode, Is.Zero, rollback.ToString());
        Assert.That(rollback.ToString(), Does.Contain("v3").And.Contain("migrating"));
        Assert.That(output, Does.Contain("migrating"));
        Assert.That(Heroku.Sushi.Releases[^1].Description, Is.EqualTo("Rollback to v3"));
        Assert.That(Heroku.Sushi.CurrentSlug!.Commit, Does.StartWith("de63889"));
    }

    [Test]
    public async Task Closes_and_opens_the_app()
    {
        await Heroku.SucceedAsync("maintenance:on");
        var closed = (Heroku.Sushi.Maintenance, await Heroku.SucceedAsync("maintenance"));
        await Heroku.SucceedAsync("maintenance:off");

        Assert.That(closed, Is.EqualTo((true, "on\n")));
        Assert.That(Heroku.Sushi.Maintenance, Is.False);
        Assert.That(Heroku.Sushi.Releases, Has.Count.EqualTo(4));
    }

    [Test]
    public async Task Reads_and_changes_config_vars()
    {
        var all = await Heroku.SucceedAsync("config");
        var one = await Heroku.SucceedAsync("config:get", "MYVAR");
        var set = await Heroku.RunAsync("config:set", "MYVAR=new value", "OTHER=1");
        await Heroku.SucceedAsync("config:unset", "OTHER");
        var owned = await Heroku.RunAsync("config:set", "DATABASE_URL=elsewhere");

        Assert.That(all, Does.Match(@"MYVAR:\s+old value").And.Contain("HEROKU_POSTGRESQL_YELLOW_URL:"));
        Assert.That(one, Is.EqualTo("old value\n"));
        Assert.That(set.ToString(), Does.Contain("v5"));
        Assert.That(owned.ExitCode, Is.EqualTo(2));
        Assert.That(owned.Errors, Does.Contain("DATABASE_URL"));
        Assert.That(Heroku.Sushi.Releases.Skip(4).Select(r => r.Description), Is.EqualTo(["Set MYVAR, OTHER config vars", "Remove OTHER config vars"]));
        Assert.That(Heroku.Sushi.ConfigVars["MYVAR"], Is.EqualTo("new value"));
    }

    [Test]
    public async Task Shows_the_app_and_who_may_use_it()
    {
        var info = await Heroku.SucceedAsync("apps:info");
        var access = await Heroku.SucceedAsync("access");

        Assert.That(info, Does.Contain("=== sushi").And.Match(@"Owner:\s+jim@example.com").And.Match(@"Stack:\s+heroku-24").And.Contain("heroku-postgresql:standard-0"));
        Assert.That(access, Does.Match(@"jim@example.com\s+owner").And.Match(@"stephan@example.com\s+collaborator"));
    }

    [Test]
    public async Task Promotes_along_a_pipeline()
    {
        Heroku.Change(world =>
        {
            var at = world.Apps[0].CreatedAt;
            var maki = world.CreateApp("maki", world.Accounts[0], at);
            maki.AddRelease(world.Accounts[0], "Initial release", at);
            world.Pipelines.Add(new Pipeline { Name = "rolls", Owner = world.Accounts[0].Id, CreatedAt = at });
            world.Couplings.Add(new Coupling { Pipeline = world.Pipelines[0].Id, App = world.Apps[0].Id, Stage = "staging", CreatedAt = at });
            world.Couplings.Add(new Coupling { Pipeline = world.Pipelines[0].Id, App = maki.Id, Stage = "production", CreatedAt = at });
        });

        var promoted = await Heroku.RunAsync("pipelines:promote", "-a", "sushi");

        Assert.That(promoted.ExitCode, Is.Zero, promoted.ToString());
        Assert.That(Heroku.Read(w => w.FindApp("maki")!.CurrentSlug!.Commit), Does.StartWith("aaaaaaa"));
    }
}
