using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using ReleaseTasks.Running;
using ReleaseTasks.Sandbox.GitHub;
using ReleaseTasks.Tests.Running;
using Stage = ReleaseTasks.Tests.Running.Stage;

namespace ReleaseTasks.Tests.Gates;

/// <summary>What happens between the gates and the merge, and between the merge and the release.</summary>
public sealed class Asking_again
{
    private const string Repo = "/api/v3/repos/zupo/sushi";
    private const string DuringTheBackup = "GET /client/v11/apps/sushi/transfers";

    private Stage _stage = null!;

    [SetUp]
    public async Task Set_the_stage() =>
        _stage = await Stage.SetAsync(usual => usual with { SimulateDatabases = true, Provisioning = TimeSpan.FromMilliseconds(100) });

    [TearDown]
    public async Task Leave_the_stage() => await _stage.DisposeAsync();

    [TestCase("objection", "gate 'objections' is closed: karantan requests changes.")]
    [TestCase("dismissal", "gate 'approved' is closed: #3 has 1 of 2 approvals")]
    [TestCase("wip", "gate 'ready' is closed: #3 is work in progress: '[WIP] stop'.")]
    [TestCase("base", "gate 'target' is closed: it goes to 'develop', and roll-outs start from 'master'.")]
    [TestCase("red", "gate 'checks' is closed: on ")]
    [TestCase("push", "gate 'head' is closed: its head is ")]
    [TestCase("closed", "gate 'state' is closed: #3 was closed without a merge.")]
    public async Task Merges_nothing_after(string deed, string words)
    {
        _stage.Options = _stage.Options with { Approvals = new() { RequiredChecks = deed == "red" ? ["test"] : [] } };
        await StatusAsync("success");
        _stage.Meddle = Tampering.Before(DuringTheBackup, () => DoAsync(deed));

        var e = await Assert.ThrowsAsync<GateClosedException>(DeployAsync);

        Assert.That(_stage.Printed, Does.Contain(words));
        Assert.That(e!.Message, Does.Match(@"^[12] of 19 gates (is|are) closed by now\. This run merged nothing; what was done so far stays\."));
        Assert.That(await PullAsync("merged"), Is.EqualTo("false"));
        Assert.That(await IsOpenAndAsFoundAsync(), Is.True);

        // The same command asks again, and goes on once the gate is open.
        _stage.Meddle = null;
        await _stage.FreeLockAsync();
        await Assert.ThrowsAsync<GateClosedException>(DeployAsync);
        await UndoAsync(deed);
        await DeployAsync();

        Assert.That(await PullAsync("merged"), Is.EqualTo("true"));
        Assert.That((await BackupsAsync(), await RollbackDatabasesAsync()), Is.EqualTo((1, 1)), "what was prepared is used again");
        Assert.That(await CurrentDescriptionAsync(), Is.EqualTo($"Deploy {(await PullAsync("merge_commit_sha"))[..7]}"));
    }

    [Test]
    public async Task Merges_nothing_after_a_merge_that_github_refused_and_an_objection()
    {
        _stage.Meddle = Tampering.On($"PUT {Repo}/pulls/3/merge", (context, _) => RefuseAsync(context));
        await Assert.ThrowsAsync<StepFailedException>(DeployAsync);
        _stage.Meddle = null;
        await _stage.FreeLockAsync();
        await DoAsync("objection");

        await Assert.ThrowsAsync<GateClosedException>(DeployAsync);

        Assert.That(_stage.Printed, Does.Contain("gate 'objections' is closed: karantan requests changes."));
        Assert.That(await PullAsync("merged"), Is.EqualTo("false"));
        await UndoAsync("objection");
        await DeployAsync();
        Assert.That(await CurrentDescriptionAsync(), Is.EqualTo($"Deploy {(await PullAsync("merge_commit_sha"))[..7]}"));
    }

    [Test]
    public async Task Begins_with_no_head_that_the_gates_were_not_asked_about()
    {
        var looks = 0;
        _stage.Meddle = Tampering.On($"GET {Repo}/pulls/3", async (context, next) =>
        {
            if (Interlocked.Increment(ref looks) == 2)
            {
                await DoAsync("push");
                Approve();
            }

            await next(context);
        });

        await Assert.ThrowsAsync<GateClosedException>(DeployAsync);
        Assert.That(_stage.Printed, Does.Contain("gate 'head' is closed: its head is "));
        Assert.That((await BackupsAsync(), await RollbackDatabasesAsync()), Is.EqualTo((0, 0)), "it began nothing");

        await DeployAsync();

        var pushed = await HeadAsync();
        Assert.That(Journal("rollout-started").Select(line => line!["headSha"]!.GetValue<string>()), Is.All.EqualTo(pushed));
        Assert.That(await PullAsync("merged"), Is.EqualTo("true"));
    }

    [Test]
    public async Task Changes_nothing_either_where_the_plan_changes_the_app_before_the_merge()
    {
        var body = await PullAsync("body");
        await EditAsync(new { body = body.Replace("  2. [ ] Merge PR", "  2. [ ] `heroku config:set MYVAR=hello`\n  3. [ ] Merge PR", StringComparison.Ordinal) });
        _stage.Meddle = Tampering.Before(DuringTheBackup, () => DoAsync("objection"));

        await Assert.ThrowsAsync<GateClosedException>(DeployAsync);

        Assert.That(await VariablesAsync(), Does.Not.Contain("hello"));
        Assert.That((await PullAsync("merged"), await IsOpenAndAsFoundAsync()), Is.EqualTo(("false", true)));

        // And once more between that change and the merge.
        await _stage.FreeLockAsync();
        Approve();
        _stage.Meddle = After("PATCH /apps/sushi/config-vars", () => DoAsync("objection"));
        await Assert.ThrowsAsync<GateClosedException>(DeployAsync);

        Assert.That(await VariablesAsync(), Does.Contain("hello"));
        Assert.That(await PullAsync("merged"), Is.EqualTo("false"));
    }

    [Test]
    public async Task Names_who_merged_it_meanwhile_and_waits_for_a_word()
    {
        _stage.Meddle = Tampering.Before(DuringTheBackup, () => MergeAsync("dz0ny"));

        await Assert.ThrowsAsync<GateClosedException>(DeployAsync);
        Assert.That(_stage.Printed, Does.Contain("gate 'state' is closed: #3 was merged by dz0ny, and only its author merges. Find out why. To release that merge all the same: Deploy --confirm=sushi"));
        Assert.That(await IsOpenAndAsFoundAsync(), Is.True);

        await _stage.FreeLockAsync();
        _stage.Terminal = new Stage.ScriptedTerminal(["n"]);
        await Assert.ThrowsAsync<GateClosedException>(DeployAsync);
        Assert.That(_stage.Printed, Does.Contain("#3 was merged by dz0ny, not by its author. Type y to release that merge all the same:"));

        _stage.Terminal = new Stage.ScriptedTerminal(["y"]);
        await DeployAsync();
        Assert.That(_stage.Printed, Does.Contain("merged as ").And.Contain(" by dz0ny"));
        Assert.That(await CurrentDescriptionAsync(), Is.EqualTo($"Deploy {(await PullAsync("merge_commit_sha"))[..7]}"));
    }

    [Test]
    public async Task Takes_a_word_given_beforehand_for_somebody_elses_merge()
    {
        await MergeAsync("dz0ny");

        await Assert.ThrowsAsync<GateClosedException>(() => _stage.RunAsync(run => run.RollOutAsync(Station.Deploy, default), ("pr", "3")));
        await _stage.RunAsync(run => run.RollOutAsync(Station.Deploy, default), ("pr", "3"), ("confirm", "sushi"));

        Assert.That(await CurrentDescriptionAsync(), Does.StartWith("Deploy "));
    }

    [Test]
    public async Task Releases_what_its_author_merged_by_hand()
    {
        _stage.Meddle = Tampering.Before(DuringTheBackup, () => MergeAsync("zupo"));

        await DeployAsync();

        Assert.That(await CurrentDescriptionAsync(), Is.EqualTo($"Deploy {(await PullAsync("merge_commit_sha"))[..7]}"));
    }

    [Test]
    public async Task Does_not_take_a_merge_in_the_last_moment_for_its_own()
    {
        _stage.Meddle = Tampering.Before($"PUT {Repo}/pulls/3/merge", () => MergeAsync("dz0ny"));

        var e = await Assert.ThrowsAsync<StepFailedException>(DeployAsync);

        Assert.That(e!.Message, Does.Contain("#3 was merged by dz0ny, not by this roll-out. The same command asks whether that is to be released. Nothing was released."));
        Assert.That(await IsOpenAndAsFoundAsync(), Is.True);
        _stage.Meddle = null;
        await _stage.FreeLockAsync();
        await Assert.ThrowsAsync<GateClosedException>(DeployAsync);
        Assert.That(_stage.Printed, Does.Contain("gate 'state' is closed: #3 was merged by dz0ny"));
    }

    [Test]
    public async Task Releases_nothing_that_was_merged_elsewhere_in_the_last_moment()
    {
        _stage.Meddle = Tampering.Before($"PUT {Repo}/pulls/3/merge", () => DoAsync("base"));

        var e = await Assert.ThrowsAsync<StepFailedException>(DeployAsync);

        Assert.That(e!.Message, Does.Contain("#3 was merged into develop as ").And.Contain("and master is what is released. Nothing was released."));
        Assert.That(await IsOpenAndAsFoundAsync(), Is.True);
    }

    [Test]
    public async Task Begins_anew_with_the_head_that_somebody_pushed_and_keeps_what_is_prepared()
    {
        _stage.Meddle = Tampering.Before(DuringTheBackup, () => DoAsync("push"));
        await Assert.ThrowsAsync<GateClosedException>(DeployAsync);
        _stage.Meddle = null;
        await _stage.FreeLockAsync();

        await Assert.ThrowsAsync<GateClosedException>(DeployAsync);
        Assert.That(_stage.Printed, Does.Contain("ok gate 'head' is open").And.Contain("gate 'approved' is closed: #3 has 0 of 2 approvals of "), "asked about the new head");
        Assert.That(await _stage.RunAsync(run => run.ShowStatusAsync(default)), Does.Contain("sushi-pr3-rollback"), "nothing that was made is forgotten");

        Approve();
        await DeployAsync();

        Assert.That(await PullAsync("merged"), Is.EqualTo("true"));
        Assert.That((await BackupsAsync(), await RollbackDatabasesAsync()), Is.EqualTo((1, 1)));
        Assert.That(Journal("rollout-started").Select(line => line!["kept"] is null), Is.EqualTo(new[] { true, false }));
        Assert.That(Journal("step-started").Count(line => line!["step"]!.GetValue<string>() == "record-state"), Is.EqualTo(1), "what was found stays what undoing goes back to");
    }

    [Test]
    public async Task Undoes_what_was_prepared_for_the_head_before()
    {
        _stage.Meddle = Tampering.Before(DuringTheBackup, () => DoAsync("push"));
        await Assert.ThrowsAsync<GateClosedException>(DeployAsync);
        _stage.Meddle = null;
        await _stage.FreeLockAsync();

        await _stage.RunAsync(run => run.RollBackAsync(default), ("confirm", "sushi"));

        Assert.That(await RollbackDatabasesAsync(), Is.Zero);
    }

    [Test]
    public async Task Wants_the_rollback_database_gone_that_the_pushed_plan_does_not_want()
    {
        _stage.Meddle = Tampering.Before(DuringTheBackup, async () =>
        {
            await DoAsync("push");
            var body = await PullAsync("body");
            await EditAsync(new { body = body.Replace("HEROKU_POSTGRESQL_SILVER", "HEROKU_POSTGRESQL_PINK", StringComparison.Ordinal) });
        });
        await Assert.ThrowsAsync<GateClosedException>(DeployAsync);
        _stage.Meddle = null;
        await _stage.FreeLockAsync();
        Approve();

        await Assert.ThrowsAsync<RefusedException>(DeployAsync);
        Assert.That(_stage.Printed, Does.Contain("gate 'rollback-range' is closed: sushi-pr3-rollback was made by the description before somebody pushed").And.Contain("heroku addons:destroy sushi-pr3-rollback --app sushi"));

        await _stage.HerokuAsync(HttpMethod.Delete, "/apps/sushi/addons/sushi-pr3-rollback");
        await DeployAsync();

        Assert.That(await RollbackDatabasesAsync(), Is.EqualTo(1));
        Assert.That((await _stage.HerokuAsync("/apps/sushi/addon-attachments")).AsArray().Select(attachment => attachment!["name"]!.GetValue<string>()), Does.Contain("HEROKU_POSTGRESQL_PINK"));
    }

    [Test]
    public async Task Releases_nothing_that_master_does_not_hold_any_more()
    {
        var master = await MasterAsync();
        _stage.Meddle = AfterMerging(() => ResetAsync(master));

        var e = await Assert.ThrowsAsync<GateClosedException>(DeployAsync);

        Assert.That(_stage.Printed, Does.Contain("gate 'merged' is closed: master doesn't hold "));
        Assert.That(e!.Message, Does.Contain("#3 is merged as ").And.Contain("and not released: 1 of 3 gates is closed. sushi is open").And.Contain("Two ways on:").And.Contain("--target=Rollback --confirm=sushi"));
        Assert.That(await IsOpenAndAsFoundAsync(), Is.True);
        _stage.Meddle = null;
        await _stage.FreeLockAsync();
        await ResetAsync(await PullAsync("merge_commit_sha"));
        await DeployAsync();
        Assert.That(await CurrentDescriptionAsync(), Is.EqualTo($"Deploy {(await PullAsync("merge_commit_sha"))[..7]}"));
    }

    [Test]
    public async Task Releases_nothing_onto_somebody_elses_release()
    {
        _stage.Meddle = AfterMerging(() => ReleaseElsewhereAsync());

        await Assert.ThrowsAsync<GateClosedException>(DeployAsync);

        Assert.That(_stage.Printed, Does.Contain("gate 'released' is closed: somebody else releases sushi: v5").And.Contain("isn't what this roll-out found, v51."));
        Assert.That((await _stage.HerokuAsync("/apps/sushi"))["maintenance"]!.GetValue<bool>(), Is.False);
    }

    [Test]
    public async Task Closes_nothing_where_somebody_else_released_while_a_person_was_waited_for()
    {
        var body = await PullAsync("body");
        await EditAsync(new { body = body.Replace("  3. [ ] Set application", "  3. [ ] Ring the bells\n  4. [ ] Set application", StringComparison.Ordinal) });
        _stage.Terminal = new Stage.ScriptedTerminal(["y"]) { BeforeEachAnswer = ReleaseElsewhereAsync };

        var e = await Assert.ThrowsAsync<GateClosedException>(DeployAsync);

        Assert.That(_stage.Printed, Does.Contain("gate 'released' is closed: somebody else releases sushi: v5"));
        Assert.That(e!.Message, Does.Contain("#3 is merged as ").And.Contain("and not released: 1 of 3 gates is closed. sushi is open"));
        Assert.That((await _stage.HerokuAsync("/apps/sushi"))["maintenance"]!.GetValue<bool>(), Is.False);
    }

    [Test]
    public async Task Goes_on_after_the_merge_whatever_reviewers_say_and_without_an_answer_of_github()
    {
        var merging = AfterMerging(() => DoAsync("objection"));
        _stage.Meddle = (context, next) => context.Request.Path.StartsWithSegments($"{Repo}/compare", StringComparison.Ordinal) ? RefuseAsync(context) : merging(context, next);

        await DeployAsync();

        Assert.That(_stage.Printed, Does.Contain("gate 'merged' is open: it was merged there. Mind: whether master holds "));
        Assert.That(await CurrentDescriptionAsync(), Does.StartWith("Deploy "));
    }

    private Task DeployAsync() => _stage.RunAsync(run => run.RollOutAsync(Station.Deploy, default));

    private async Task DoAsync(string deed)
    {
        switch (deed)
        {
            case "objection":
                GitHub.RequestChanges(Pull, "karantan", "Not today.");
                break;
            case "dismissal":
                Pull.Pull!.Reviews.Last(review => review.State == "APPROVED").State = "DISMISSED";
                break;
            case "wip":
                await EditAsync(new { title = "[WIP] stop" });
                break;
            case "base":
                await _stage.GitHubAsync(HttpMethod.Post, "/repos/zupo/sushi/git/refs", new { @ref = "refs/heads/develop", sha = await MasterAsync() });
                await EditAsync(new { @base = "develop" });
                break;
            case "red":
                await StatusAsync("failure");
                break;
            case "push":
                await GitHub.CommitAsync(Repository, Pull.Pull!.Head, new Dictionary<string, string?> { ["more.txt"] = "more\n" }, "more", "zupo", default);
                break;
            case "closed":
                await EditAsync(new { state = "closed" });
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(deed), deed, "unknown");
        }
    }

    private Task UndoAsync(string deed)
    {
        switch (deed)
        {
            case "objection" or "dismissal" or "push":
                Approve();
                return deed == "push" ? StatusAsync("success") : Task.CompletedTask;
            case "wip":
                return EditAsync(new { title = "remove `username`" });
            case "base":
                return EditAsync(new { @base = "master" });
            case "red":
                return StatusAsync("success");
            case "closed":
                return EditAsync(new { state = "open" });
            default:
                throw new ArgumentOutOfRangeException(nameof(deed), deed, "unknown");
        }
    }

    private GitHubWorld GitHub => _stage.Sandbox.World.GitHub.World;

    private Repository Repository => GitHub.FindRepository("zupo", "sushi")!;

    private Issue Pull => Repository.Issues.Single(issue => issue.Number == 3);

    private void Approve()
    {
        GitHub.Approve(Pull, "dz0ny");
        GitHub.Approve(Pull, "karantan");
    }

    private async Task StatusAsync(string state) => GitHub.SetStatus(Repository, await HeadAsync(), "test", state);

    private Task EditAsync(object change) => _stage.GitHubAsync(HttpMethod.Patch, "/repos/zupo/sushi/pulls/3", change);

    private Task MergeAsync(string login) => _stage.GitHubAsync(login, HttpMethod.Put, "/repos/zupo/sushi/pulls/3/merge", new { });

    private async Task<string> PullAsync(string field) => (await _stage.GitHubAsync(HttpMethod.Get, "/repos/zupo/sushi/pulls/3"))[field]!.ToString();

    private async Task<string> HeadAsync() => (await _stage.GitHubAsync(HttpMethod.Get, "/repos/zupo/sushi/pulls/3"))["head"]!["sha"]!.GetValue<string>();

    private async Task<string> MasterAsync() => (await _stage.GitHubAsync(HttpMethod.Get, "/repos/zupo/sushi/git/ref/heads/master"))["object"]!["sha"]!.GetValue<string>();

    private Task ResetAsync(string sha) => _stage.GitHubAsync(HttpMethod.Patch, "/repos/zupo/sushi/git/refs/heads/master", new { sha, force = true });

    /// <summary>Somebody releases the code before last.</summary>
    private async Task ReleaseElsewhereAsync()
    {
        var slugs = (await _stage.HerokuAsync("/apps/sushi/releases")).AsArray().Select(release => release!["slug"]?["id"]?.GetValue<string>()).OfType<string>().Distinct().ToList();
        await _stage.HerokuAsync(HttpMethod.Post, "/apps/sushi/releases", new { slug = slugs[^2] });
    }

    private static Func<HttpContext, RequestDelegate, Task> AfterMerging(Func<Task> happens) => After($"PUT {Repo}/pulls/3/merge", happens);

    private static Func<HttpContext, RequestDelegate, Task> After(string request, Func<Task> happens) => Tampering.On(request, async (context, next) =>
    {
        await next(context);
        await happens();
    });

    private async Task<string> VariablesAsync() => (await _stage.HerokuAsync("/apps/sushi/config-vars")).ToJsonString();

    private static Task RefuseAsync(HttpContext context)
    {
        context.Response.StatusCode = 403;
        return context.Response.WriteAsJsonAsync(new { message = "Resource not accessible" });
    }

    private async Task<string> CurrentDescriptionAsync() =>
        (await _stage.HerokuAsync("/apps/sushi/releases")).AsArray().Single(release => release!["current"]!.GetValue<bool>())!["description"]!.GetValue<string>();

    /// <summary>No other code than that of v51, no maintenance.</summary>
    private async Task<bool> IsOpenAndAsFoundAsync()
    {
        var releases = (await _stage.HerokuAsync("/apps/sushi/releases")).AsArray();
        string? Slug(Func<JsonNode, bool> which) => releases.Single(release => which(release!))!["slug"]!["id"]!.GetValue<string>();
        return Slug(release => release["current"]!.GetValue<bool>()) == Slug(release => release["version"]!.GetValue<int>() == 51)
            && !(await _stage.HerokuAsync("/apps/sushi"))["maintenance"]!.GetValue<bool>();
    }

    private async Task<int> BackupsAsync() => (await _stage.HerokuAsync("/client/v11/apps/sushi/transfers")).AsArray().Count;

    private async Task<int> RollbackDatabasesAsync() =>
        (await _stage.HerokuAsync("/apps/sushi/addons")).AsArray().Count(addon => addon!["name"]!.GetValue<string>().EndsWith("-rollback", StringComparison.Ordinal));

    private IReadOnlyList<JsonNode?> Journal(string kind) =>
    [
        .. File.ReadAllLines(Path.Combine(_stage.Folder, ".release", "sandbox", "sushi-pr3", "journal.jsonl")).Select(line => JsonNode.Parse(line))
            .Where(line => line!["event"]!.GetValue<string>() == kind),
    ];
}
