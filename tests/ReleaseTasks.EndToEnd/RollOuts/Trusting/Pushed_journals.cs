using System.Text.Json.Nodes;
using ReleaseTasks.EndToEnd.RollOuts.Undoing;
using ReleaseTasks.Sandbox;

namespace ReleaseTasks.EndToEnd.RollOuts.Trusting;

/// <summary>A ref is no permission: a colleague who may push, and may not release, tries what they can.</summary>
[Platform(Exclude = "Win")]
public sealed class Pushed_journals
{
    private static readonly Dictionary<string, string> Readme = new() { ["README.md"] = "sushi" };

    [TestCase(false)]
    [TestCase(true)]
    public async Task Open_no_gate(bool hasKey)
    {
        await using var scene = await UnapprovedAsync();
        if (hasKey)
        {
            await scene.MakeKeyAsync();
        }

        await scene.PushCopyAsync(scene.CopyRef, Forgeries.Begun(scene.Rollout, scene.PullRequest, await HeadAsync(scene), Descriptions.CodeOnly.Replace("Merge PR into master", "Merge PR into master\n  2. [ ] `heroku run echo forged --app sushi`", StringComparison.Ordinal)));
        var before = await scene.LookAsync();

        var deployed = await scene.DeployAsync();
        var confirmed = await scene.DeployAsync("--confirm=sushi");
        var released = await scene.RunAsync("--target=Release", "--exclusive", $"--pr={scene.PullRequest}");
        var previewed = await scene.RunAsync("--target=Plan", $"--pr={scene.PullRequest}");
        var cleaned = await scene.RunAsync("--target=Cleanup", $"--pr={scene.PullRequest}");
        var undone = await scene.RollBackAsync("--force=release,config-vars,promote");
        var status = await scene.RunAsync("--target=Status", $"--pr={scene.PullRequest}");

        var why = hasKey ? "nobody signed it" : "the app has no key that copies are signed with";
        foreach (var refused in new[] { deployed, confirmed, released, cleaned })
        {
            Assert.That(refused.ExitCode, Is.EqualTo(3), refused.ToString());
            Assert.That(refused.Errors, Does.Contain($"is known here from its copy on GitHub alone, {scene.CopyRef}, and {why}: whoever may push could have written it. Nothing was changed."));
        }

        Assert.That(previewed.Output, Does.Contain($"known here from its copy on GitHub alone, and {why}").And.Contain("gate 'approved' is closed").And.Not.Contain("forged"));
        Assert.That((undone.ExitCode, status.ExitCode), Is.EqualTo((2, 0)), $"{undone}{status}");
        Assert.That(undone.Errors, Does.Contain("there is nothing to undo"));
        Assert.That(status.Output, Does.Contain($"All that is known of it here is its copy on GitHub, and {why}"));
        Assert.That(await scene.LookAsync(), Is.EqualTo(before), "nothing was changed");
    }

    [Test]
    public async Task Are_as_good_as_none_where_they_say_that_nothing_was_changed_yet()
    {
        await using var scene = await UnapprovedAsync();
        var begun = Forgeries.Begun(scene.Rollout, scene.PullRequest, await HeadAsync(scene), Descriptions.CodeOnly);
        await scene.PushCopyAsync(scene.CopyRef, string.Join('\n', begun.Split('\n')[..2]));
        var before = await scene.LookAsync();

        var run = await scene.DeployAsync();

        Assert.That(run.ExitCode, Is.EqualTo(3), run.ToString());
        Assert.That(run.Output, Does.Contain("gate 'approved' is closed"));
        Assert.That(await scene.LookAsync(), Is.EqualTo(before));
    }

    [TestCase("changed", 3)]
    [TestCase("cut", 2)]
    [TestCase("reordered", 2)]
    [TestCase("of another", 1)]
    public async Task Are_refused_with_the_line_that_is_forged(string how, int line)
    {
        await using var scene = await DiedAsync("PUT /api/v3/repos/zupo/sushi/pulls/*/merge: cut-power-before");
        var lines = (await scene.CopiesAsync())[0].Text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var reference = scene.CopyRef;
        await scene.LoseTheMachineAsync();
        if (how == "of another")
        {
            await scene.ProposeAsync(Descriptions.ConfigVar, new Dictionary<string, string> { ["OTHER.md"] = "other" }, approved: false, branch: "other");
        }

        string[] forged = how switch
        {
            "changed" => [lines[0], lines[1], lines[2].Replace("v51", "v50", StringComparison.Ordinal).Replace("\"title\":\"", "\"title\":\"x", StringComparison.Ordinal), .. lines[3..]],
            "cut" => [lines[0], .. lines[2..]],
            "reordered" => [lines[0], lines[2], lines[1], .. lines[3..]],
            _ => [.. lines.Select(text => text.Replace("pr4", "pr5", StringComparison.Ordinal))],
        };
        await scene.PushCopyAsync(scene.CopyRef, string.Join('\n', forged));
        var before = await scene.LookAsync();

        var deployed = await scene.DeployAsync("--confirm=sushi");
        var undone = await scene.RollBackAsync();
        var status = await scene.RunAsync("--target=Status", $"--pr={scene.PullRequest}");

        Assert.That((deployed.ExitCode, undone.ExitCode), Is.EqualTo((1, 1)), $"{reference}{deployed}{undone}");
        foreach (var words in new[] { deployed.Errors, undone.Errors, status.Output })
        {
            Assert.That(words, Does.Contain($"{scene.CopyRef}:{line}: the journal's copy on GitHub can't be believed: this line isn't what was signed"));
        }

        Assert.That(await scene.LookAsync(), Is.EqualTo(before));
    }

    [Test]
    public async Task Are_noticed_that_end_too_early()
    {
        await using var scene = await DiedAsync("POST /apps/sushi/builds: cut-power-before");
        var whole = await scene.CopiesAsync();
        var early = whole.Last(copy => copy.Text.Contains("\"step-started\"", StringComparison.Ordinal) && !copy.Text.Contains("\"merge\"", StringComparison.Ordinal));
        await scene.LoseTheMachineAsync();
        await scene.PointAsync(scene.CopyRef, early.Commit);
        var before = await scene.LookAsync();

        var refused = await scene.DeployAsync();

        Assert.That(refused.ExitCode, Is.EqualTo(2), refused.ToString());
        Assert.That(refused.Errors, Does.Contain($"#{scene.PullRequest} is merged, which the copy doesn't know of").And.Contain("Nothing was changed."));
        Assert.That(await scene.LookAsync(), Is.EqualTo(before));
    }

    [Test]
    public async Task Are_evidence_only_once_the_key_was_replaced()
    {
        await using var scene = await DiedAsync("POST /apps/sushi/builds: cut-power-before");
        await scene.LoseTheMachineAsync();
        await scene.MakeKeyAsync();
        var before = await scene.LookAsync();

        var refused = await scene.DeployAsync();

        Assert.That(refused.ExitCode, Is.EqualTo(3), refused.ToString());
        Assert.That(refused.Errors, Does.Match("it was signed with an older key, [0-9a-f]{8}; the app's is [0-9a-f]{8} now"));
        Assert.That(await scene.LookAsync(), Is.EqualTo(before));
    }

    [TestCase("../../../outside")]
    [TestCase("sushi-pr3/../x")]
    [TestCase("sushi-pr9")]
    public async Task Choose_no_path(string rollout)
    {
        await using var scene = await UnapprovedAsync();
        await scene.PushCopyAsync(scene.CopyRef, Forgeries.Begun(rollout, scene.PullRequest, await HeadAsync(scene), Descriptions.CodeOnly));
        var before = await scene.LookAsync();

        var deployed = await scene.DeployAsync();
        var undone = await scene.RollBackAsync();

        Assert.That((deployed.ExitCode, undone.ExitCode), Is.EqualTo((1, 1)), $"{deployed}{undone}");
        Assert.That(deployed.Errors, Does.Contain(rollout == "sushi-pr9" ? "is the journal of sushi-pr9 (app sushi), not of" : "the roll-out's id is none"));
        Assert.That(await scene.LookAsync(), Is.EqualTo(before));
        Assert.That(Directory.Exists(scene.PathOf(".release")) && Directory.EnumerateFiles(scene.PathOf(".release"), "journal.jsonl", SearchOption.AllDirectories).Any(file => new FileInfo(file).Length > 0), Is.False);
    }

    [Test]
    public async Task Undo_nothing_that_heroku_remembers_otherwise()
    {
        await using var scene = await Scene.SimulatedAsync();
        await scene.ProposeAsync(Descriptions.CodeOnly, Readme);
        var first = await ReleaseAsync(scene, 1);
        Assert.That((await scene.DeployAsync()).ExitCode, Is.Zero);
        await scene.LoseTheMachineAsync();
        await scene.PushCopyAsync(scene.CopyRef, await PastAsync(scene, first, database: "postgresql-contoured-24680"));
        var before = await scene.LookAsync();

        var refused = await scene.RollBackAsync("--force=release,config-vars,promote,rollback-database", "--schema=promote");

        Assert.That(refused.ExitCode, Is.EqualTo(2), refused.ToString());
        Assert.That(refused.Errors, Does.Contain("it says that v1 was current before, and by Heroku's own list that was v51").And.Contain("Nothing was changed."));
        Assert.That(await scene.LookAsync(), Is.EqualTo(before));
    }

    [Test]
    public async Task Give_a_rollback_no_name_no_revision_and_no_value()
    {
        await using var scene = await Scene.SimulatedAsync();
        await scene.ProposeAsync(Descriptions.CodeOnly, Readme);
        var found = await Sushi.OfAsync(scene);
        var v51 = await ReleaseAsync(scene, 51);
        Assert.That((await scene.DeployAsync()).ExitCode, Is.Zero);
        await scene.LoseTheMachineAsync();
        await scene.PushCopyAsync(scene.CopyRef, await PastAsync(scene, v51, database: "postgresql-contoured-24680"));

        var unsaid = await scene.RunAsync("--target=Rollback", $"--pr={scene.PullRequest}");
        var undone = await scene.RollBackAsync();

        Assert.That(unsaid.ExitCode, Is.EqualTo(2), unsaid.ToString());
        Assert.That(unsaid.Output, Does.Contain("its copy on GitHub is evidence only").And.Contain("Found then: release v51"));
        Assert.That(undone.ExitCode, Is.Zero, undone.ToString());
        var after = await Sushi.OfAsync(scene);
        Assert.That((after.Slug, after.Maintenance, after.Formation), Is.EqualTo((found.Slug, found.Maintenance, found.Formation)));
        Assert.That((after.ConfigVars, after.Attachments, after.Addons), Is.EqualTo((found.ConfigVars, found.Attachments, found.Addons)), "nothing was unset, promoted or destroyed");
        Assert.That(undone.Output, Does.Not.Contain("forged").And.Not.Contain("alembic"));
    }

    [Test]
    public async Task That_are_genuine_and_unsigned_are_undone_by_what_heroku_and_github_remember()
    {
        await using var scene = await Scene.RealAsync();
        var found = await Sushi.OfAsync(scene);
        Assert.That((await scene.DeployAsync()).ExitCode, Is.Zero);
        await scene.LoseTheMachineAsync();

        var deployed = await scene.DeployAsync();
        var undone = await scene.RollBackAsync();

        Assert.That((deployed.ExitCode, undone.ExitCode), Is.EqualTo((3, 0)), $"{deployed}{undone}");
        var after = await Sushi.OfAsync(scene);
        Assert.That((after.Slug, after.Primary, after.Formation), Is.EqualTo((found.Slug, "sushi-pr3-rollback", found.Formation)), undone.ToString());
        Assert.That(after.OwnConfigVars, Is.EqualTo(found.OwnConfigVars));
        Assert.That(await scene.QueryAsync("select version_num from alembic_version"), Is.EqualTo("0001"));
    }

    [Test]
    public async Task That_are_signed_go_on_without_a_word_where_the_author_merged()
    {
        await using var scene = await DiedAsync("POST /apps/sushi/builds: cut-power-before");
        await scene.LoseTheMachineAsync();
        scene.Object("karantan");

        var run = await scene.DeployAsync();

        Assert.That(run.ExitCode, Is.Zero, run.ToString());
        Assert.That(run.Output, Does.Contain("it is adopted from its copy on GitHub, which is signed with the app's key").And.Contain("gates is asked again"));
    }

    [Test]
    public async Task That_are_signed_ask_all_gates_again_before_the_merge()
    {
        await using var scene = await DiedAsync("PUT /api/v3/repos/zupo/sushi/pulls/*/merge: cut-power-before");
        await scene.LoseTheMachineAsync();
        scene.Object("karantan");
        var before = await scene.LookAsync();

        var run = await scene.DeployAsync();

        Assert.That(run.ExitCode, Is.EqualTo(3), run.ToString());
        Assert.That(run.Output, Does.Contain("gate 'objections' is closed").And.Contain("gate 'author' is open").And.Contain("gate 'window' is open"));
        Assert.That(await scene.LookAsync(), Is.EqualTo(before));
    }

    [Test]
    public async Task That_are_signed_want_a_word_where_the_description_says_otherwise()
    {
        await using var scene = await DiedAsync("PUT /api/v3/repos/zupo/sushi/pulls/*/merge: cut-power-before");
        await scene.LoseTheMachineAsync();
        var path = $"/repos/zupo/sushi/pulls/{scene.PullRequest}";
        var body = (await scene.GitHubAsync(HttpMethod.Get, path))["body"]!.GetValue<string>();
        await scene.GitHubAsync(HttpMethod.Patch, path, new { body = body.Replace("PAGE_SIZE=99", "PAGE_SIZE=7", StringComparison.Ordinal).Replace("Deploy app new release", "Deploy app new release, it may take up to 5 minutes", StringComparison.Ordinal) });
        var before = await scene.LookAsync();

        var refused = await scene.DeployAsync();
        var unchanged = await scene.LookAsync();
        var confirmed = await scene.DeployAsync("--confirm=sushi");

        Assert.That((refused.ExitCode, confirmed.ExitCode), Is.EqualTo((2, 0)), $"{refused}{confirmed}");
        Assert.That(refused.Errors, Does.Contain("begun:       Deploy app new release").And.Contain("description: Deploy app new release, it may take up to 5 minutes").And.Contain($"Deploy --pr={scene.PullRequest} --confirm=sushi"));
        Assert.That(unchanged, Is.EqualTo(before));
        Assert.That((await Sushi.OfAsync(scene)).ConfigVars["PAGE_SIZE"], Is.EqualTo("99"), "what was begun is what is finished");
    }

    /// <summary>A roll-out with a key in place that died at a request.</summary>
    private static async Task<Scene> DiedAsync(string fault)
    {
        var parts = fault.Split(": ");
        var scene = await Scene.SimulatedAsync(new Fault { On = parts[0], Do = parts[1] });
        await scene.MakeKeyAsync();
        await scene.ProposeAsync(Descriptions.ConfigVar, Readme);
        var run = await scene.DeployAsync();
        Assert.That(run.ExitCode, Is.EqualTo(Killing.Death.ExitCode), run.ToString());
        return scene;
    }

    private static async Task<Scene> UnapprovedAsync()
    {
        var scene = await Scene.SimulatedAsync();
        await scene.ProposeAsync(Descriptions.CodeOnly, Readme, approved: false);
        return scene;
    }

    private static async Task<string> HeadAsync(Scene scene) => (await scene.GitHubAsync(HttpMethod.Get, $"/repos/zupo/sushi/pulls/{scene.PullRequest}"))["head"]!["sha"]!.GetValue<string>();

    private static async Task<JsonNode> ReleaseAsync(Scene scene, int version) => await scene.HerokuAsync($"/apps/sushi/releases/{version}");

    private static async Task<string> PastAsync(Scene scene, JsonNode release, string database)
    {
        var found = new
        {
            release = new { id = release["id"], version = release["version"], description = release["description"], slug = release["slug"]?["id"] },
            maintenance = true,
            formation = new Dictionary<string, int> { ["web"] = 0, ["worker"] = 9 },
            hasReleasePhase = true,
            attachments = new Dictionary<string, string> { ["DATABASE"] = "somebody-elses" },
            configVars = new Dictionary<string, string>(),
            schemaRevision = "base",
        };
        return Forgeries.WithPast(scene.Rollout, scene.PullRequest, await HeadAsync(scene), found, database);
    }
}
