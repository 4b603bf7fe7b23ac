using ReleaseTasks.Sandbox.Heroku.World;

namespace ReleaseTasks.EndToEnd.HerokuCli;

/// <summary>The procedure's commands, typed into the official CLI: what it prints, and what the world is like afterwards.</summary>
public sealed class TheOfficialCli
{
    private CliHost _heroku = null!;

    [SetUp]
    public async Task Start() => _heroku = await CliHost.StartAsync();

    [TearDown]
    public async Task Stop()
    {
        if (_heroku is not null)
        {
            await _heroku.DisposeAsync();
        }
    }

    [Test]
    public async Task Shows_releases_and_rolls_back()
    {
        var releases = await _heroku.SucceedAsync("releases");
        var json = await _heroku.SucceedAsync("releases", "--json", "-n", "1");
        var info = await _heroku.SucceedAsync("releases:info", "v3");
        var rollback = await _heroku.RunAsync("rollback");
        await _heroku.UntilAsync(w => w.FindApp("sushi")!.Current!.Version == 5, "v5 is current");
        var output = await _heroku.SucceedAsync("releases:output", "v5");

        Assert.That(releases, Does.Match(@"v4\s+Deploy aaaaaaa\s+jim@example.com").And.Match(@"v3\s+Deploy de63889\s+stephan@example.com"));
        Assert.That(json, Does.Contain("\"version\": 4").And.Not.Contain("\"version\": 3"));
        Assert.That(info, Does.Match(@"Change:\s+Deploy de63889").And.Contain("heroku-postgresql:standard-0").Or.Match(@"By:\s+stephan@example.com"));
        Assert.That(rollback.ExitCode, Is.Zero, rollback.ToString());
        Assert.That(rollback.ToString(), Does.Contain("v3").And.Contain("migrating"));
        Assert.That(output, Does.Contain("migrating"));
        Assert.That(_heroku.Sushi.Releases[^1].Description, Is.EqualTo("Rollback to v3"));
        Assert.That(_heroku.Sushi.CurrentSlug!.Commit, Does.StartWith("de63889"));
    }

    [Test]
    public async Task Closes_and_opens_the_app()
    {
        await _heroku.SucceedAsync("maintenance:on");
        var closed = (_heroku.Sushi.Maintenance, await _heroku.SucceedAsync("maintenance"));
        await _heroku.SucceedAsync("maintenance:off");

        Assert.That(closed, Is.EqualTo((true, "on\n")));
        Assert.That(_heroku.Sushi.Maintenance, Is.False);
        Assert.That(_heroku.Sushi.Releases, Has.Count.EqualTo(4));
    }

    [Test]
    public async Task Reads_and_changes_config_vars()
    {
        var all = await _heroku.SucceedAsync("config");
        var one = await _heroku.SucceedAsync("config:get", "MYVAR");
        var set = await _heroku.RunAsync("config:set", "MYVAR=new value", "OTHER=1");
        await _heroku.SucceedAsync("config:unset", "OTHER");
        var owned = await _heroku.RunAsync("config:set", "DATABASE_URL=elsewhere");

        Assert.That(all, Does.Match(@"MYVAR:\s+old value").And.Contain("HEROKU_POSTGRESQL_YELLOW_URL:"));
        Assert.That(one, Is.EqualTo("old value\n"));
        Assert.That(set.ToString(), Does.Contain("v5"));
        Assert.That(owned.ExitCode, Is.EqualTo(2));
        Assert.That(owned.Errors, Does.Contain("DATABASE_URL"));
        Assert.That(_heroku.Sushi.Releases.Skip(4).Select(r => r.Description), Is.EqualTo(["Set MYVAR, OTHER config vars", "Remove OTHER config vars"]));
        Assert.That(_heroku.Sushi.ConfigVars["MYVAR"], Is.EqualTo("new value"));
    }

    [Test]
    public async Task Creates_promotes_and_destroys_a_rollback_database()
    {
        var created = await _heroku.RunAsync(
            "addons:create", "heroku-postgresql:standard-0", "--rollback", "HEROKU_POSTGRESQL_YELLOW", "--to", "now", "--wait", "--app", "sushi");
        var database = _heroku.Read(w => w.AddOns[^1].Name);
        var waited = await _heroku.RunAsync("pg:wait");
        var info = await _heroku.SucceedAsync("pg:info");
        var promoted = await _heroku.RunAsync("pg:promote", "HEROKU_POSTGRESQL_SILVER", "--app", "sushi");
        var addOns = await _heroku.SucceedAsync("addons", "-a", "sushi");
        var destroyed = await _heroku.RunAsync("addons:destroy", "HEROKU_POSTGRESQL_YELLOW", "--app", "sushi", "--confirm", "sushi");

        Assert.That(created.ExitCode, Is.Zero, created.ToString());
        Assert.That(waited.ExitCode, Is.Zero, waited.ToString());
        Assert.That(info, Does.Match("=== (DATABASE_URL, HEROKU_POSTGRESQL_YELLOW_URL|HEROKU_POSTGRESQL_YELLOW_URL, DATABASE_URL)\\s").And.Match(@"Rollback:\s+earliest from ").And.Contain("HEROKU_POSTGRESQL_SILVER_URL"));
        Assert.That(promoted.ExitCode, Is.Zero, promoted.ToString());
        Assert.That(addOns, Does.Contain(database).And.Contain("as HEROKU_POSTGRESQL_SILVER").And.Contain("as DATABASE"));
        Assert.That(destroyed.ExitCode, Is.Zero, destroyed.ToString());
        Assert.That(_heroku.Read(w => w.AddOns.Select(a => a.Name).ToList()), Is.EqualTo([database]));
        Assert.That(_heroku.Read(w => w.Attachments.Select(a => a.Name).ToList()), Is.EquivalentTo(["DATABASE", "HEROKU_POSTGRESQL_SILVER"]));
        Assert.That(_heroku.Sushi.ConfigVars["DATABASE_URL"], Does.Contain(database));
    }

    [Test]
    public async Task Is_refused_what_Heroku_refuses()
    {
        var past = await _heroku.RunAsync("addons:create", "heroku-postgresql:standard-0", "--rollback", "DATABASE", "--to", "2013-10-21 15:52+00");
        var plan = await _heroku.RunAsync("addons:create", "heroku-postgresql:essential-0", "--rollback", "DATABASE", "--to", "now");
        var app = await _heroku.RunAsync("releases", "-a", "nigiri");

        Assert.That((past.ExitCode, plan.ExitCode, app.ExitCode), Is.EqualTo((2, 2, 2)));
        Assert.That(past.Errors, Does.Contain("earliest from").And.Contain("invalid_params"));
        Assert.That(plan.Errors, Does.Contain("does not support rollback"));
        Assert.That(app.Errors, Does.Contain("Couldn't find that app.").And.Contain("not_found"));
        Assert.That(_heroku.Read(w => w.AddOns.Count), Is.EqualTo(1));
    }

    [Test]
    public async Task Attaches_and_detaches()
    {
        var attached = await _heroku.RunAsync("addons:attach", "postgresql-curved-12345", "--as", "REPORTS");
        var present = _heroku.Sushi.ConfigVars.ContainsKey("REPORTS_URL");
        var detached = await _heroku.RunAsync("addons:detach", "REPORTS");

        Assert.That((attached.ExitCode, detached.ExitCode, present), Is.EqualTo((0, 0, true)), $"{attached}{detached}");
        Assert.That(_heroku.Sushi.ConfigVars, Does.Not.ContainKey("REPORTS_URL"));
        Assert.That(
            _heroku.Sushi.Releases.Skip(4).Select(r => r.Description),
            Is.EqualTo(["Attach REPORTS (@ref:postgresql-curved-12345)", "Detach REPORTS (@ref:postgresql-curved-12345)"]));
    }

    [Test]
    public async Task Backs_up_and_restores()
    {
        var captured = await _heroku.RunAsync("pg:backups:capture", "DATABASE");
        var info = await _heroku.SucceedAsync("pg:backups:info", "b001");
        var url = await _heroku.SucceedAsync("pg:backups:url", "b001");
        var restored = await _heroku.RunAsync("pg:backups:restore", "b001", "DATABASE", "--confirm", "sushi");
        var list = await _heroku.SucceedAsync("pg:backups");

        Assert.That(captured.ExitCode, Is.Zero, captured.ToString());
        Assert.That(info, Does.Contain("=== Backup b001").And.Match(@"Status:\s+Completed"));
        Assert.That(url, Does.StartWith("http://127.0.0.1:"));
        Assert.That(restored.ExitCode, Is.Zero, restored.ToString());
        Assert.That(list, Does.Contain("b001").And.Contain("r002"));
        Assert.That(_heroku.Sushi.Transfers.Select(t => t.Succeeded), Is.EqualTo([true, true]));
    }

    [Test]
    public async Task Shows_and_scales_dynos_and_runs_one()
    {
        await _heroku.SucceedAsync("ps:scale", "worker=2");
        var dynos = await _heroku.SucceedAsync("ps");
        var detached = await _heroku.RunAsync("run:detached", "echo", "rice");
        await _heroku.UntilAsync(_ => _heroku.LogLines.Any(l => l.Contains("rice", StringComparison.Ordinal) && l.StartsWith("app[run.", StringComparison.Ordinal)), "the dyno has run");
        var restarted = await _heroku.RunAsync("ps:restart");

        Assert.That(dynos, Does.Contain("worker.1:").And.Contain("worker.2:").And.Contain("exec sleep 1000"));
        Assert.That((detached.ExitCode, restarted.ExitCode), Is.EqualTo((0, 0)), $"{detached}{restarted}");
        Assert.That(_heroku.Sushi.Find("worker")!.Quantity, Is.EqualTo(2));
    }

    [Test]
    public async Task Runs_a_command_attached_and_ends_with_its_exit_code()
    {
        var good = await _heroku.RunAsync("run", "--exit-code", "--no-tty", "--", "echo", "rice for $DYNO");
        var bad = await _heroku.RunAsync("run", "--exit-code", "--no-tty", "--", "sh", "-c", "exit 7");

        Assert.That(good.ExitCode, Is.Zero, good.ToString());
        Assert.That(good.Output, Does.Match(@"rice for run\.\d+"));
        Assert.That(bad.ExitCode, Is.EqualTo(7), bad.ToString());
    }

    [Test]
    public async Task Is_pushed_to_with_git()
    {
        var checkout = Path.Combine(_heroku.Folder, "checkout");
        Directory.CreateDirectory(checkout);
        await File.WriteAllTextAsync(Path.Combine(checkout, "Procfile"), "release: echo migrating pushed\nworker: exec sleep 1000\n");
        await GitAsync("init", "-q", "-b", "main");
        await GitAsync("add", ".");
        await GitAsync("-c", "user.name=Jim", "-c", "user.email=jim@example.com", "commit", "-q", "-m", "Roll");
        var url = new UriBuilder(_heroku.Sandbox.Address) { Path = "heroku-git/sushi.git", UserName = "heroku", Password = _heroku.Sandbox.Environment["HEROKU_API_KEY"] };

        var pushed = await GitAsync("push", url.Uri.AbsoluteUri, "main");
        await _heroku.UntilAsync(w => w.FindApp("sushi")!.Current!.Version == 5, "v5 is current");

        Assert.That(pushed.Errors, Does.Contain("remote:        Released v5").And.Contain("remote: migrating pushed"));
        Assert.That(_heroku.Sushi.Releases[^1].Description, Does.Match("^Deploy [0-9a-f]{7}$"));

        async Task<Finished> GitAsync(params string[] arguments)
        {
            var finished = await Command.RunAsync(checkout, "git", arguments, CancellationToken.None);
            Assert.That(finished.ExitCode, Is.Zero, finished.ToString());
            return finished;
        }
    }

    [Test]
    public async Task Reads_the_log()
    {
        _heroku.Log("web.1", "one");
        _heroku.Log("web.1", "two");

        var lines = await _heroku.SucceedAsync("logs", "--num", "1", "--dyno", "web.1");

        Assert.That(lines, Does.Contain("app[web.1]: two").And.Not.Contain("one"));
    }

    [Test]
    public async Task Shows_the_app_and_who_may_use_it()
    {
        var info = await _heroku.SucceedAsync("apps:info");
        var access = await _heroku.SucceedAsync("access");

        Assert.That(info, Does.Contain("=== sushi").And.Match(@"Owner:\s+jim@example.com").And.Match(@"Stack:\s+heroku-24").And.Contain("heroku-postgresql:standard-0"));
        Assert.That(access, Does.Match(@"jim@example.com\s+owner").And.Match(@"stephan@example.com\s+collaborator"));
    }

    [Test]
    public async Task Promotes_along_a_pipeline()
    {
        _heroku.Change(world =>
        {
            var at = world.Apps[0].CreatedAt;
            var maki = world.CreateApp("maki", world.Accounts[0], at);
            maki.AddRelease(world.Accounts[0], "Initial release", at);
            world.Pipelines.Add(new Pipeline { Name = "rolls", Owner = world.Accounts[0].Id, CreatedAt = at });
            world.Couplings.Add(new Coupling { Pipeline = world.Pipelines[0].Id, App = world.Apps[0].Id, Stage = "staging", CreatedAt = at });
            world.Couplings.Add(new Coupling { Pipeline = world.Pipelines[0].Id, App = maki.Id, Stage = "production", CreatedAt = at });
        });

        var promoted = await _heroku.RunAsync("pipelines:promote", "-a", "sushi");

        Assert.That(promoted.ExitCode, Is.Zero, promoted.ToString());
        Assert.That(_heroku.Read(w => w.FindApp("maki")!.CurrentSlug!.Commit), Does.StartWith("aaaaaaa"));
    }
}
