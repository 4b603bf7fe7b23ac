using ReleaseTasks.Sandbox;
using ReleaseTasks.Sandbox.Sample;

namespace ReleaseTasks.EndToEnd.RollOuts.Undoing;

/// <summary>What stood behind <c>DATABASE</c> stands there again, whatever was promoted; and nothing printed destroys what is in use.</summary>
[Platform(Exclude = "Win")]
public sealed class Undoing_promotions
{
    private const string Production = "postgresql-contoured-24680";

    private static readonly string[] Silver = ["HEROKU_POSTGRESQL_SILVER"];

    [TestCase(false)]
    [TestCase(true)]
    public async Task Is_done_after_a_release_that_failed(bool real)
    {
        Fault build = new() { On = "build", Do = "fail" };
        await using var scene = real ? await Scene.RealAsync(build) : await Scene.SimulatedAsync(build);
        await scene.ProposeAsync(Descriptions.PromotionAnd(releaseFirst: false), SampleFiles.RemoveUsername);
        var before = await Sushi.OfAsync(scene);
        var failed = await scene.DeployAsync();
        Assert.That((failed.ExitCode, (await Sushi.OfAsync(scene)).Primary), Is.EqualTo((1, $"{scene.Rollout}-rollback")), failed.ToString());

        var undone = await scene.RollBackAsync();
        var status = await scene.RunAsync("--target=Status");

        await AssertAsFoundAsync(scene, undone, before, Silver);
        Assert.That(undone.Output, Does.Not.Contain("not needed as things stand: `heroku pg:promote").And.Contain($"What was written to {scene.Rollout}-rollback since it became the primary"));
        Assert.That(undone.Output + status.Output, Does.Not.Contain($"addons:destroy {Production}").And.Not.Contain($"database {Production}"));
        Assert.That(undone.Output, Does.Contain($"Nobody uses {scene.Rollout}-rollback: `heroku addons:destroy {scene.Rollout}-rollback --app sushi` ends it"), "it is the primary no more, as was read");
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task Is_done_where_the_plan_is_itself_a_promotion(bool real)
    {
        await using var scene = real ? await Scene.RealAsync() : await Scene.SimulatedAsync();
        await AddDatabaseAsync(scene, "HEROKU_POSTGRESQL_RED");
        await scene.ProposeAsync(Descriptions.Promotion, new Dictionary<string, string> { ["README.md"] = "sushi" });
        var before = await Sushi.OfAsync(scene);
        var deployed = await scene.DeployAsync();
        Assert.That((deployed.ExitCode, (await Sushi.OfAsync(scene)).Primary), Is.EqualTo((0, before.Attachments["HEROKU_POSTGRESQL_RED"])), deployed.ToString());

        var undone = await scene.RollBackAsync();
        var status = await scene.RunAsync("--target=Status");

        await AssertAsFoundAsync(scene, undone, before);
        Assert.That(undone.Output, Does.Not.Contain("Rollback strategy:"), "it is what the plan says");
        Assert.That(undone.Output + status.Output, Does.Not.Contain("addons:destroy"));
    }

    [Test]
    public async Task Is_done_before_the_old_code_meets_a_schema_that_it_does_not_know()
    {
        await using var scene = await Scene.RealAsync();
        await scene.ProposeAsync(Descriptions.PromotionAnd(releaseFirst: false), SampleFiles.RemoveUsername);
        var before = await DeployedAsync(scene);
        Assert.That(await RevisionAsync(scene, "HEROKU_POSTGRESQL_SILVER_URL"), Is.EqualTo("0002"), "the rollback database was migrated");

        var undone = await scene.RollBackAsync();

        await AssertAsFoundAsync(scene, undone, before, Silver);
        Assert.That((await RevisionAsync(scene), await scene.QueryAsync("select count(username) from users")), Is.EqualTo(("0001", "36")));
    }

    [Test]
    public async Task Stays_where_only_the_rollback_database_has_the_old_schema()
    {
        await using var scene = await Scene.RealAsync(releasePhaseOnAttachment: false);
        await scene.ProposeAsync(Descriptions.PromotionAnd(releaseFirst: true), SampleFiles.RemoveUsername);
        var before = await DeployedAsync(scene);

        var undone = await scene.RollBackAsync();

        var after = await Sushi.OfAsync(scene);
        Assert.That(undone.ExitCode, Is.Zero, undone.ToString());
        Assert.That((after.Slug, after.Primary, after.Maintenance, await RevisionAsync(scene)), Is.EqualTo((before.Slug, $"{scene.Rollout}-rollback", false, "0001")));
        Assert.That(undone.Output, Does.Contain($"DATABASE is {scene.Rollout}-rollback from now on, not {Production} as it was found").And.Not.Contain("addons:destroy"));
    }

    [Test]
    public async Task Is_refused_where_both_databases_were_migrated_until_a_person_says_how()
    {
        await using var scene = await Scene.RealAsync(releasePhaseOnAttachment: true);
        await scene.ProposeAsync(Descriptions.PromotionAnd(releaseFirst: true), SampleFiles.RemoveUsername);
        var before = await DeployedAsync(scene);

        var refused = await scene.RollBackAsync();
        var deployed = await Sushi.OfAsync(scene);
        var downgraded = await scene.RollBackAsync("--schema=downgrade");

        Assert.That((refused.ExitCode, deployed.Primary), Is.EqualTo((2, $"{scene.Rollout}-rollback")), refused.ToString());
        Assert.That(refused.Errors, Does.Contain("was the primary while the new code ran: it was migrated from 0001 to 0002 too").And.Contain("Nothing was changed"));
        await AssertAsFoundAsync(scene, downgraded, before, Silver);
        Assert.That(await RevisionAsync(scene), Is.EqualTo("0001"));
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task Is_done_where_the_promotion_was_cut_in_half(bool releaseFirst)
    {
        await using var scene = await Scene.SimulatedAsync(new Fault { On = "promote", Do = "half" });
        await scene.ProposeAsync(Descriptions.PromotionAnd(releaseFirst), new Dictionary<string, string> { ["README.md"] = "sushi" });
        var before = await Sushi.OfAsync(scene);
        var failed = await scene.DeployAsync();
        Assert.That((failed.ExitCode, (await Sushi.OfAsync(scene)).Attachments.ContainsKey("DATABASE")), Is.EqualTo((1, false)), failed.ToString());

        var undone = await scene.RollBackAsync();

        await AssertAsFoundAsync(scene, undone, before, Silver);
    }

    [Test]
    public async Task Keeps_what_others_attached_since()
    {
        await using var scene = await Scene.SimulatedAsync();
        await scene.ProposeAsync(Descriptions.CodeOnly, new Dictionary<string, string> { ["README.md"] = "sushi" });
        var before = await DeployedAsync(scene);
        await AddDatabaseAsync(scene, "REPORTS");
        var reports = (await Sushi.OfAsync(scene)).ConfigVars["REPORTS_URL"];

        var undone = await scene.RollBackAsync();

        var after = await AssertAsFoundAsync(scene, undone, before, "REPORTS");
        Assert.That(after.ConfigVars["REPORTS_URL"], Is.EqualTo(reports), "the old release hadn't got it");
        Assert.That(undone.Output, Does.Match("attachment REPORTS is .* and was not there when the roll-out began: it stays so"));
    }

    [Test]
    public async Task Does_not_close_an_app_that_the_plan_left_open()
    {
        await using var scene = await Scene.SimulatedAsync();
        await scene.ProposeAsync(Descriptions.ConfigVar, new Dictionary<string, string> { ["README.md"] = "sushi" });
        var before = await DeployedAsync(scene);

        var undone = await scene.RollBackAsync();

        await AssertAsFoundAsync(scene, undone, before);
        Assert.That(await File.ReadAllTextAsync(scene.JournalPath), Does.Contain("undo-read-back").And.Not.Contain("undo-close-app").And.Not.Contain("undo-maintenance"));
    }

    [Test]
    public async Task Says_which_config_vars_others_set_since_and_keeps_them()
    {
        await using var scene = await Scene.SimulatedAsync();
        await AddDatabaseAsync(scene, "HEROKU_POSTGRESQL_RED");
        await scene.ProposeAsync(Descriptions.Promotion, new Dictionary<string, string> { ["README.md"] = "sushi" });
        var before = await DeployedAsync(scene);
        await scene.HerokuAsync(HttpMethod.Patch, "/apps/sushi/config-vars", new Dictionary<string, string> { ["THEIRS"] = "a value of theirs" });

        var undone = await scene.RollBackAsync();

        var after = await Sushi.OfAsync(scene);
        Assert.That((undone.ExitCode, after.Primary), Is.EqualTo((0, before.Primary)), undone.ToString());
        Assert.That(after.ConfigVars, Is.EquivalentTo(before.ConfigVars.Append(new("THEIRS", "a value of theirs"))));
        Assert.That(undone.Output, Does.Contain("config var THEIRS isn't as it was when the roll-out began, and not by its steps: it stays so").And.Not.Contain("a value of theirs"));
    }

    [Test]
    public async Task Leaves_everything_as_found_where_heroku_refused_an_attachments_config_var()
    {
        await using var scene = await Scene.SimulatedAsync();
        await scene.ProposeAsync(Descriptions.AttachedVar, new Dictionary<string, string> { ["README.md"] = "sushi" });
        var before = await Sushi.OfAsync(scene);
        var failed = await scene.DeployAsync();
        Assert.That(failed.ExitCode, Is.EqualTo(1), failed.ToString());

        await scene.RollBackAsync();

        var after = await Sushi.OfAsync(scene);
        Assert.That((after.Maintenance, after.Slug, after.Formation), Is.EqualTo((false, before.Slug, before.Formation)));
        Assert.That((after.ConfigVars, after.Attachments), Is.EqualTo((before.ConfigVars, before.Attachments)));
    }

    [Test]
    public async Task Goes_back_past_a_release_of_the_same_commit_by_others()
    {
        await using var scene = await Scene.SimulatedAsync();
        await scene.ProposeAsync(Descriptions.WaitingForPeople, new Dictionary<string, string> { ["README.md"] = "sushi" });
        var before = await Sushi.OfAsync(scene);
        await scene.TickAsync("tell the team");
        var deployed = await scene.DeployAsync("--manual-timeout=00:00:05");
        Assert.That(deployed.ExitCode, Is.Zero, deployed.ToString());
        await scene.PushMasterToHerokuAsync();

        var undone = await scene.RollBackAsync();

        await AssertAsFoundAsync(scene, undone, before);
    }

    [Test]
    public async Task Names_no_command_that_destroys_a_database_which_somebody_uses()
    {
        await using var scene = await Scene.SimulatedAsync();
        await DeployedAsync(scene);
        await scene.HerokuAsync(HttpMethod.Post, "/apps", new { name = "sashimi" });
        await scene.HerokuAsync(HttpMethod.Post, "/addon-attachments", new { addon = "sushi-pr3-rollback", app = "sashimi", name = "COPY" });

        var undone = await scene.RollBackAsync("--schema=leave");
        var status = await scene.RunAsync("--target=Status");

        Assert.That(undone.Output + undone.Errors + status.Output, Does.Not.Contain("addons:destroy"));
    }

    private static async Task<Sushi> DeployedAsync(Scene scene)
    {
        var before = await Sushi.OfAsync(scene);
        var run = await scene.DeployAsync();
        Assert.That(run.ExitCode, Is.Zero, run.ToString());
        return before;
    }

    /// <param name="made">Attachments that were not there before, and may be there now.</param>
    private static async Task<Sushi> AssertAsFoundAsync(Scene scene, Finished undone, Sushi before, params string[] made)
    {
        var after = await Sushi.OfAsync(scene);
        Assert.That(undone.ExitCode, Is.Zero, undone.ToString());
        Assert.That((after.Slug, after.Maintenance, after.Formation), Is.EqualTo((before.Slug, before.Maintenance, before.Formation)), undone.ToString());
        Assert.That(after.Attachments.Where(a => !made.Contains(a.Key)), Is.EquivalentTo(before.Attachments), undone.ToString());
        Assert.That(after.ConfigVars.Where(v => !made.Contains(v.Key[..^"_URL".Length])), Is.EquivalentTo(before.ConfigVars), undone.ToString());
        return after;
    }

    private static Task<string> RevisionAsync(Scene scene, string database = "DATABASE_URL") => scene.QueryAsync("select version_num from alembic_version", database);

    private static async Task AddDatabaseAsync(Scene scene, string attachment)
    {
        var made = await scene.HerokuAsync(HttpMethod.Post, "/apps/sushi/addons", new { plan = "heroku-postgresql:standard-0", attachment = new { name = attachment } });
        await scene.UntilAsync($"/apps/sushi/addons/{made["id"]}", addon => addon["state"]!.GetValue<string>() == "provisioned");
        await scene.UntilAsync("/apps/sushi/releases", releases => releases.AsArray().All(release => release!["status"]!.GetValue<string>() != "pending"));
    }
}
