using ReleaseTasks.Sandbox;
using ReleaseTasks.Sandbox.Sample;

namespace ReleaseTasks.EndToEnd.RollOuts.Undoing;

/// <summary>Each way to undo a roll-out, on real databases and migrations: what was there is there again.</summary>
[Platform(Exclude = "Win")]
public sealed class Going_back
{
    private const string SignedUp = """
        import sqlalchemy as sa
        from alembic import op

        revision = "0002"
        down_revision = "0001"


        def upgrade():
            op.add_column("users", sa.Column("signed_up", sa.Date))


        def downgrade():
            op.drop_column("users", "signed_up")
        """;

    private static readonly Dictionary<string, string> WiderNavbar =
        new() { ["sushi/web.py"] = SampleFiles.Master["sushi/web.py"].Replace("width: 60rem", "width: 70rem", StringComparison.Ordinal) };

    private static readonly Dictionary<string, string> NewColumn = new() { ["migrations/versions/0002_signed_up.py"] = SignedUp };

    [Test]
    public async Task From_code_alone_releases_the_old_code_again()
    {
        await using var scene = await Scene.RealAsync();
        await scene.ProposeAsync(Descriptions.CodeOnly, WiderNavbar);
        var before = await DeployedAsync(scene);

        var undone = await scene.RollBackAsync();

        var after = await AssertUndoneAsync(scene, undone, before);
        Assert.That(after.Release, Does.EndWith("Rollback to v51"));
        Assert.That(after.Attachments, Is.EqualTo(before.Attachments));
    }

    [Test]
    public async Task From_changed_config_vars_restores_them_byte_by_byte()
    {
        await using var scene = await Scene.RealAsync();
        await scene.ProposeAsync(Descriptions.ConfigVar, WiderNavbar);
        await scene.HerokuAsync(HttpMethod.Patch, "/apps/sushi/config-vars", new Dictionary<string, string> { ["MOTTO"] = "rice\n\"and\" fish ü \u0001\u00ff\ufffd\n" });
        var before = await DeployedAsync(scene);
        var between = await Sushi.OfAsync(scene);

        var undone = await scene.RollBackAsync();

        Assert.That((between.ConfigVars["PAGE_SIZE"], between.ConfigVars.ContainsKey("MOTTO")), Is.EqualTo(("99", false)));
        await AssertUndoneAsync(scene, undone, before);
    }

    [Test]
    public async Task From_changed_config_vars_restores_one_that_was_empty_as_empty()
    {
        await using var scene = await Scene.SimulatedAsync();
        await scene.ProposeAsync(Descriptions.ConfigVar, WiderNavbar);
        await scene.HerokuAsync(HttpMethod.Patch, "/apps/sushi/config-vars", new Dictionary<string, string> { ["PAGE_SIZE"] = "", ["MOTTO"] = "" });
        var before = await DeployedAsync(scene);

        var undone = await scene.RollBackAsync();

        Assert.That(undone.ExitCode, Is.Zero, undone.ToString());
        Assert.That((await Sushi.OfAsync(scene)).OwnConfigVars, Is.EqualTo(before.OwnConfigVars).And.Member(new KeyValuePair<string, string>("MOTTO", "")));
    }

    [Test]
    public async Task Outside_of_the_deployment_window_too()
    {
        await using var scene = await Scene.SimulatedAsync();
        var noonHere = Math.Clamp(TimeProvider.System.GetUtcNow().Hour - 12, -11, 11);
        string[] production = ["--environment=production", $"--deploymentWindow:timeZone=Etc/GMT{noonHere:+0;-0}"];
        string[] closed = [.. production, "--deploymentWindow:from=20:00", "--deploymentWindow:to=21:00"];
        var before = await Sushi.OfAsync(scene);

        var tooLate = await scene.DeployAsync(closed);
        var deployed = await scene.DeployAsync([.. production, "--deploymentWindow:from=00:00", "--deploymentWindow:to=23:59"]);
        var undone = await scene.RollBackAsync(closed);

        Assert.That((tooLate.ExitCode, deployed.ExitCode, undone.ExitCode), Is.EqualTo((3, 0, 0)), $"{tooLate}{deployed}{undone}");
        Assert.That(tooLate.Output, Does.Contain("gate 'window' is closed").And.Contain("A rollback may run at any time."));
        Assert.That((await Sushi.OfAsync(scene)).Slug, Is.EqualTo(before.Slug));
    }

    [Test]
    public async Task From_changed_config_vars_finds_them_again_when_the_machine_that_saved_them_is_lost()
    {
        await using var scene = await Scene.SimulatedAsync();
        await scene.ProposeAsync(Descriptions.ConfigVar, WiderNavbar);
        await scene.HerokuAsync(HttpMethod.Patch, "/apps/sushi/config-vars", new Dictionary<string, string> { ["MOTTO"] = "rice\nand fish" });
        await scene.MakeKeyAsync();
        var before = await DeployedAsync(scene);
        Directory.Delete(scene.PathOf(".release"), recursive: true);

        var undone = await scene.RollBackAsync();

        Assert.That(undone.ExitCode, Is.Zero, undone.ToString());
        Assert.That((await Sushi.OfAsync(scene)).OwnConfigVars, Is.EqualTo(before.OwnConfigVars));
    }

    [Test]
    public async Task From_a_simple_migration_downgrades_it_before_the_code_that_knows_how_is_gone()
    {
        await using var scene = await Scene.RealAsync();
        await scene.ProposeAsync(Descriptions.Downgrade, NewColumn);
        var before = await DeployedAsync(scene);
        Assert.That(await RevisionAsync(scene), Is.EqualTo("0002"));

        var undone = await scene.RollBackAsync();

        var after = await AssertUndoneAsync(scene, undone, before);
        Assert.That(after.Primary, Is.EqualTo(before.Primary));
        Assert.That(await scene.QueryAsync("select count(*) from information_schema.columns where column_name = 'signed_up'"), Is.EqualTo("0"));
    }

    [Test]
    public async Task From_a_migration_without_a_way_back_is_refused_with_what_can_be_done()
    {
        await using var scene = await Scene.RealAsync();
        await scene.ProposeAsync(Descriptions.CodeOnly, NewColumn);
        await DeployedAsync(scene);
        var deployed = await Sushi.OfAsync(scene);

        var refused = await scene.RollBackAsync();
        var downgraded = await scene.RollBackAsync("--schema=downgrade");

        Assert.That(refused.ExitCode, Is.EqualTo(2), refused.ToString());
        Assert.That(refused.Errors, Does.Contain("migrated the database from 0001 to 0002, and there is no rollback database").And.Contain("--schema=downgrade runs alembic downgrade 0001").And.Contain("Nothing was changed"));
        Assert.That(downgraded.ExitCode, Is.Zero, downgraded.ToString());
        Assert.That((await RevisionAsync(scene), deployed.Slug), Is.EqualTo(("0001", deployed.Slug)).And.Not.EqualTo(("0001", (await Sushi.OfAsync(scene)).Slug)));
    }

    [TestCase(true, 2)]
    [TestCase(false, 0)]
    public async Task From_a_complex_migration_promotes_the_rollback_database(bool releasePhaseOnAttachment, int workers)
    {
        await using var scene = await Scene.RealAsync(releasePhaseOnAttachment);
        await scene.HerokuAsync(HttpMethod.Patch, "/apps/sushi/formation", new { updates = new[] { new { type = "worker", quantity = workers } } });
        var before = await DeployedAsync(scene);
        await scene.QueryAsync("insert into users (email) select 'late' || n || '@example.com' from generate_series(1, 5) n; delete from users where email like 'late1@%'");

        var undone = await scene.RollBackAsync();

        var after = await AssertUndoneAsync(scene, undone, before);
        Assert.That(undone.Output, Does.Contain("users: 5 rows inserted, 4 updated, 1 deleted").And.Contain("by its own clock"));
        Assert.That(after.Primary, Is.EqualTo("sushi-pr3-rollback"));
        Assert.That(after.ConfigVars["DATABASE_URL"], Is.EqualTo(after.ConfigVars["HEROKU_POSTGRESQL_SILVER_URL"]).And.Not.EqualTo(after.ConfigVars["HEROKU_POSTGRESQL_YELLOW_URL"]));
        Assert.That(await scene.QueryAsync("select count(username) from users"), Is.EqualTo("36"), "as before, with the usernames");
        Assert.That(await scene.QueryAsync("select count(*) from users where email like 'late%'", "HEROKU_POSTGRESQL_YELLOW_URL"), Is.EqualTo("4"), "what is lost to the app is still there to look at");
    }

    [Test]
    public async Task Asks_the_app_where_the_database_cannot_be_reached_from_here()
    {
        await using var scene = await Scene.RealAsync(new Fault { On = "GET /apps/*/config-vars", Do = "remove", Field = "DATABASE_URL", Times = int.MaxValue });
        var deployed = await scene.DeployAsync();
        Assert.That(deployed.ExitCode, Is.Zero, deployed.ToString());
        await scene.QueryAsync("insert into users (email) values ('late@example.com')", "HEROKU_POSTGRESQL_YELLOW_URL");

        var shown = await scene.RunAsync("--target=Rollback");

        Assert.That(shown.Output, Does.Contain("Asking sushi for its schema's revision").And.Contain("Promote sushi-pr3-rollback").And.Contain("users: 1 row inserted, 4 updated"));
    }

    [Test]
    public async Task From_a_release_phase_that_failed_half_way_promotes_without_touching_the_code()
    {
        await using var scene = await Scene.RealAsync();
        await scene.ProposeAsync(SampleFiles.RemovalOfUsername, HalfWay());
        var before = await Sushi.OfAsync(scene);
        var deployed = await scene.DeployAsync();
        Assert.That((deployed.ExitCode, await RevisionAsync(scene)), Is.EqualTo((1, "0002")), deployed.ToString());

        var undone = await scene.RollBackAsync();

        var after = await AssertUndoneAsync(scene, undone, before);
        Assert.That(undone.Output, Does.Not.Contain("Roll the code back"));
        Assert.That(after.Primary, Is.EqualTo($"{scene.Rollout}-rollback"));
    }

    [Test]
    public async Task From_a_release_phase_that_changed_nothing_leaves_the_database_alone()
    {
        // The rollback database's attachment is a release of its own; the next one is the deploy.
        await using var scene = await Scene.RealAsync(new Fault { On = "release phase", Do = "fail", After = 1 });
        var before = await Sushi.OfAsync(scene);
        var deployed = await scene.DeployAsync();
        Assert.That(deployed.ExitCode, Is.EqualTo(1), deployed.ToString());

        var undone = await scene.RollBackAsync();

        var after = await AssertUndoneAsync(scene, undone, before);
        Assert.That(after.Primary, Is.EqualTo(before.Primary));
        Assert.That(after.Addons, Does.Contain("sushi-pr3-rollback"));
        Assert.That(undone.Output, Does.Contain("sushi-pr3-rollback is kept").And.Not.Contain("What was written to the database"));
    }

    [Test]
    public async Task From_a_failure_after_the_release_ends_as_found_when_that_was_asked_for()
    {
        // Maintenance on is the first, off the second.
        await using var scene = await Scene.RealAsync(new Fault { On = "PATCH /apps/sushi", Do = "answer", Status = 403, After = 1 });
        var before = await Sushi.OfAsync(scene);

        var deployed = await scene.DeployAsync("--on-failure=rollback");

        Assert.That(deployed.Errors, Does.Contain("MaintenanceOff failed and was undone"));
        await AssertUndoneAsync(scene, deployed, before, exitCode: 4);
    }

    [Test]
    public async Task Goes_on_where_it_was_interrupted_with_the_decision_that_was_made_then()
    {
        await using var scene = await Scene.RealAsync();
        var before = await DeployedAsync(scene);
        var rollback = await scene.StartAsync("--target=Rollback", "--confirm=sushi");
        await rollback.PrintedAsync("  …  Roll the code back to v51", default);
        await rollback.SignalAsync("KILL", default);
        await rollback.FinishedAsync(default);

        // The database that is left bears the old revision by now: judged again, nothing would have been migrated.
        Assert.That(await RevisionAsync(scene), Is.EqualTo("0001"));
        var undone = await scene.RollBackAsync();

        var after = await AssertUndoneAsync(scene, undone, before);
        Assert.That(after.Primary, Is.EqualTo("sushi-pr3-rollback"));
        Assert.That(await scene.QueryAsync("select count(username) from users"), Is.EqualTo("36"));
    }

    [Test]
    public async Task Is_refused_when_nothing_was_done()
    {
        await using var scene = await Scene.SimulatedAsync();
        var backedUp = await scene.RunAsync("--target=Backup");
        Assert.That(backedUp.ExitCode, Is.Zero, backedUp.ToString());

        var undone = await scene.RollBackAsync();

        Assert.That(undone.ExitCode, Is.EqualTo(2), undone.ToString());
        Assert.That(undone.Errors, Does.Contain("sushi-pr3 has changed nothing on sushi: there is nothing to undo."));
    }

    [Test]
    public async Task Says_what_stays_where_nothing_of_the_app_was_changed()
    {
        await using var scene = await Scene.SimulatedAsync(new Fault { On = "POST /apps/*/builds", Do = "answer", Status = 422 });
        await scene.ProposeAsync(Descriptions.CodeOnly, new Dictionary<string, string> { ["README.md"] = "sushi" });
        var failed = await scene.DeployAsync();
        Assert.That(failed.ExitCode, Is.EqualTo(1), failed.ToString());

        var undone = await scene.RollBackAsync();

        Assert.That(undone.ExitCode, Is.EqualTo(2), undone.ToString());
        Assert.That(undone.Errors, Does.Contain("has changed nothing on sushi: there is nothing to undo.").And.Contain("!! The merge stays on master"));
    }

    /// <summary>Rolls out what is proposed.</summary>
    /// <returns>The app as it was before.</returns>
    private static async Task<Sushi> DeployedAsync(Scene scene)
    {
        var before = await Sushi.OfAsync(scene);
        var run = await scene.DeployAsync();
        Assert.That(run.ExitCode, Is.Zero, run.ToString());
        return before;
    }

    private static async Task<Sushi> AssertUndoneAsync(Scene scene, Finished run, Sushi before, int exitCode = 0)
    {
        Assert.That(run.ExitCode, Is.EqualTo(exitCode), run.ToString());
        var after = await Sushi.OfAsync(scene);
        Assert.That((after.Slug, after.Maintenance, after.Formation), Is.EqualTo((before.Slug, before.Maintenance, before.Formation)));
        Assert.That(after.OwnConfigVars, Is.EqualTo(before.OwnConfigVars));
        Assert.That(await RevisionAsync(scene), Is.EqualTo("0001"));
        return after;
    }

    private static Task<string> RevisionAsync(Scene scene) => scene.QueryAsync("select version_num from alembic_version");

    /// <summary>One migration that works, another that doesn't, each in a transaction of its own.</summary>
    private static Dictionary<string, string> HalfWay() => new(NewColumn)
    {
        ["migrations/env.py"] = SampleFiles.Master["migrations/env.py"].Replace("connection=connection)", "connection=connection, transaction_per_migration=True)", StringComparison.Ordinal),
        ["migrations/versions/0003_broken.py"] = """
            from alembic import op

            revision = "0003"
            down_revision = "0002"


            def upgrade():
                op.execute("update no_such_table set nothing = 0")


            def downgrade():
                pass
            """,
    };
}
