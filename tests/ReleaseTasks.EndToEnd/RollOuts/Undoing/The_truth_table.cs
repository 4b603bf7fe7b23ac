using System.Text.RegularExpressions;
using ReleaseTasks.Sandbox;
using ReleaseTasks.Sandbox.Heroku.World;
using ReleaseTasks.Sandbox.Sample;

namespace ReleaseTasks.EndToEnd.RollOuts.Undoing;

/// <summary>One test for each way to fail: the exit code, what the screen ends with, and what the world looks like then. docs/operating.md publishes it.</summary>
[Platform(Exclude = "Win")]
public sealed partial class The_truth_table
{
    private const string DeployOn = @"^Next: \./build\.sh --target=Rollback --confirm=sushi$";
    private const string Again = "Put that right and run the same command again\\.$";

    private static readonly string ByHand = Descriptions.CodeOnly.Replace("1. [ ] Merge PR into master", "1. [ ] Call the accountant\n  2. [ ] Merge PR into master", StringComparison.Ordinal);

    /// <summary>Workers are stopped while the app is closed.</summary>
    private static readonly string WithWorkers = SampleFiles.RemovalOfUsername.Replace("  4. [ ] Deploy", "  4. [ ] `heroku ps:scale worker=0 --app sushi`\n  5. [ ] Deploy", StringComparison.Ordinal);

    private static readonly string WithConfigVar = SampleFiles.RemovalOfUsername.Replace("  4. [ ] Deploy", "  4. [ ] `heroku config:set MYVAR=rice --app sushi`\n  5. [ ] Deploy", StringComparison.Ordinal);

    private static readonly string WithCommand = SampleFiles.RemovalOfUsername.Replace("  4. [ ] Deploy", "  4. [ ] `heroku run python3 -m sushi.seed --app sushi`\n  5. [ ] Deploy", StringComparison.Ordinal);

    private static IEnumerable<Failure> Failures =>
    [
        new("wrong arguments", 2, "--on-failure=panic: must be 'stop' or 'rollback'.", Again, Failure.Untouched) { Type = scene => scene.DeployAsync("--on-failure=panic") },
        new("plan refused", 2, "The plan must not be carried out like this.", "Put its text right and run the same command again\\.$", Failure.Untouched)
        {
            Before = scene => DescribeAsync(scene, body => body.Replace("addons:destroy HEROKU_POSTGRESQL_SILVER", "addons:destroy HEROKU_POSTGRESQL_YELLOW", StringComparison.Ordinal)),
        },
        new("gate closed", 3, "gate 'checks' is closed", Again, Failure.Untouched) { Type = scene => scene.DeployAsync("--approvals:requiredChecks:0=ci/build") },
        new("gate closed by the time of the merge", 3, "closed by now. This run merged nothing; what was done so far stays.", Again, "v51, open, web=1 worker=1, 2 databases, open pull request")
        {
            Faults = [new() { On = "GET /api/v3/repos/zupo/sushi/pulls/3/reviews", Do = "answer", Status = 403, After = 1, Times = 9 }],
        },
        new("gate closed behind the merge", 3, "gate 'merged' is closed: master doesn't hold", "a pull request that reverts the merge\\.$", "v51, open, web=1 worker=1, 2 databases, merged")
        {
            Faults = [new() { On = "GET /api/v3/repos/zupo/sushi/compare/*", Do = "set", Field = "status", Value = "diverged", Times = 9 }],
        },
        new("not the owner", 3, "which only the owner of sushi, stephan@example.com, may; this is jim@example.com", Again, Failure.Untouched)
        {
            Before = scene =>
            {
                scene.Meddle(GiveAway);
                return Task.CompletedTask;
            },
        },
        new("lock held", 3, "gate 'lock' is closed: sushi is locked by", Again, "v51, open, web=1 worker=1, 1 database, open pull request")
        {
            Faults = [new() { On = "POST /client/v11/databases/*", Do = "answer", Status = 422 }],
            Before = async scene =>
            {
                await scene.DeployAsync();
                await scene.ProposeAsync(Descriptions.CodeOnly, new Dictionary<string, string> { ["README.md"] = "sushi" });
            },
        },
        new("backup failed", 1, "Back up DATABASE: ", DeployOn, Failure.Untouched) { Faults = [new() { On = "POST /client/v11/databases/*", Do = "answer", Status = 422 }] },
        new("rollback database failed", 1, "Create rollback database", DeployOn, Failure.Untouched) { Faults = [new() { On = "POST /apps/*/addons", Do = "answer", Status = 422 }] },
        new("notification refused", 1, "Notify end users: not sent", DeployOn, "v51, open, web=1 worker=1, 2 databases, open pull request") { Faults = [new() { On = "POST /slack/services/*", Do = "answer", Status = 404 }] },
        new("merge refused", 1, "Merge #3", DeployOn, "v51, open, web=1 worker=1, 2 databases, open pull request") { Faults = [new() { On = "PUT /api/v3/repos/zupo/sushi/pulls/3/merge", Do = "answer", Status = 405 }] },
        new("build failed", 1, "sushi runs v51 as it was found, nothing else has changed: it is opened again", DeployOn, "v51, open, web=1 worker=1, 2 databases, merged")
        {
            Before = scene => DescribeAsync(scene, _ => WithWorkers),
            Faults = [new() { On = "POST /apps/*/builds", Do = "answer", Status = 422 }],
        },
        new("failed after a config var was changed", 1, "sushi stays closed: its config vars, code or primary database aren't as they were found", DeployOn, "v51, closed, web=1 worker=1, 2 databases, merged")
        {
            Before = scene => DescribeAsync(scene, _ => WithConfigVar),
            Faults = [new() { On = "POST /apps/*/builds", Do = "answer", Status = 422 }],
        },
        new("a command failed", 1, "sushi stays closed: `heroku run python3 -m sushi.seed --app sushi` was begun, and may have changed data or schema", DeployOn, "v51, closed, web=1 worker=1, 2 databases, merged")
        {
            Before = scene => DescribeAsync(scene, _ => WithCommand),
        },
        new("release phase failed", 1, "sushi stays closed: the release phase ran and did not succeed, so the schema may be half way", DeployOn, "v51, closed, web=1 worker=1, 2 databases, merged")
        {
            Faults = [new() { On = "release phase", Do = "fail", After = 1 }],
        },
        new("failed after the release", 1, "sushi stays closed: v54 is released, and what was to follow isn't done", DeployOn, "new code, closed, web=1 worker=1, 2 databases, merged")
        {
            Faults = [new() { On = "PATCH /apps/sushi", Do = "answer", Status = 403, After = 1 }],
        },
        new("failed and rolled back", 4, "MaintenanceOn failed and was undone", @"^Next: \./build\.sh --target=Unlock --reason=", "v51, open, web=1 worker=1, 1 database, merged")
        {
            Faults = [new() { On = "PATCH /apps/sushi", Do = "answer", Status = 403 }],
            Type = scene => scene.DeployAsync("--on-failure=rollback"),
        },
        new("a person has to do something", 5, "who didn't confirm it within 00:00:01: Call the accountant", DeployOn, Failure.Untouched)
        {
            Before = scene => scene.ProposeAsync(ByHand, new Dictionary<string, string> { ["README.md"] = "sushi" }),
            Type = scene => scene.DeployAsync("--manual-timeout=00:00:01"),
        },
        new("interrupted", 130, "stopped: interrupted by a signal", DeployOn, Failure.Untouched)
        {
            Faults = [new() { On = "GET /client/v11/apps/*/transfers", Do = "delay", Seconds = 5, Times = 9 }],
            Type = async scene =>
            {
                var deploy = await scene.StartAsync("--target=Deploy");
                await deploy.PrintedAsync("  …  Write down how the app was found", default);
                await deploy.SignalAsync("TERM", default);
                return await deploy.FinishedAsync(default);
            },
        },
        new("verification failed", 1, "The release is bad.", DeployOn, "new code, open, web=1 worker=1, 2 databases, merged")
        {
            Before = scene => scene.DeployAsync(),
            Faults = [new() { On = "GET /users", Do = "answer", Status = 500, Times = 99 }],
            Type = scene => scene.RunAsync("--target=Verify", "--verify:timeout=00:00:01", "--verify:interval=00:00:01"),
        },
        new("rollback without a word", 2, "is not rolled back without a word from you", DeployOn, "new code, open, web=1 worker=1, 2 databases, merged")
        {
            Before = scene => scene.DeployAsync(),
            Type = scene => scene.RunAsync("--target=Rollback"),
        },
        new("rollback by another than the owner", 3, "only the owner of sushi, stephan@example.com, may; this is jim@example.com. Nothing was changed.", DeployOn, "new code, open, web=1 worker=1, 2 databases, merged")
        {
            Before = async scene =>
            {
                await scene.DeployAsync();
                scene.Meddle(GiveAway);
            },
            Type = scene => scene.RollBackAsync(),
        },
        new("nothing to undo", 2, "has changed nothing on sushi: there is nothing to undo.", DeployOn, Failure.Untouched)
        {
            Before = scene => scene.RunAsync("--target=Backup"),
            Type = scene => scene.RollBackAsync(),
        },
        new("rollback failed", 1, "Roll the code back to v51: ", @"^Next: \./build\.sh --target=Rollback --confirm=sushi$", "new code, closed, web=1 worker=0, 2 databases, merged")
        {
            Before = scene => scene.DeployAsync(),
            Faults = [new() { On = "POST /apps/*/releases", Do = "answer", Status = 422 }],
            Type = scene => scene.RollBackAsync(),
        },
        new("rolled out after it was rolled back", 2, "was rolled back. Nothing was changed.", "Open a new pull request for the next attempt\\.$", "v51, open, web=1 worker=1, 2 databases, merged")
        {
            Before = async scene =>
            {
                await scene.DeployAsync();
                await scene.RollBackAsync();
            },
        },
        new("cleaned up too early", 2, "sushi-pr3-rollback is kept: the release hasn't been verified good. Nothing was changed.", @"Next: \./build\.sh --target=Verify$", "new code, open, web=1 worker=1, 2 databases, merged")
        {
            Before = scene => scene.DeployAsync(),
            Type = scene => scene.RunAsync("--target=Cleanup"),
        },
    ];

    [TestCaseSource(nameof(Failures))]
    public async Task Tells_the_truth_when(object row)
    {
        var failure = (Failure)row;
        await using var scene = await Scene.SimulatedAsync(failure.Faults);
        await failure.Before(scene);

        var run = await failure.Type(scene);

        Assert.That(run.ExitCode, Is.EqualTo(failure.ExitCode), run.ToString());
        Assert.That(run.Output + run.Errors, Does.Contain(failure.Says), run.ToString());
        Assert.That(new[] { run.LastLine, run.Errors.TrimEnd().Split('\n')[^1] }, Has.Some.Matches(failure.LastLine), run.ToString());
        Assert.That(await Failure.WorldOfAsync(scene), Is.EqualTo(failure.World), run.ToString());
    }

    [Test]
    public void Is_published_row_by_row()
    {
        var published = File.ReadLines(Repository.PathOf("docs", "operating.md")).Select(line => Row().Match(line)).Where(row => row.Success)
            .Select(row => (row.Groups["class"].Value, int.Parse(row.Groups["code"].ValueSpan)));

        Assert.That(published, Is.EquivalentTo(Failures.Select(failure => (failure.Class, failure.ExitCode))));
    }

    [Test]
    public async Task And_the_same_command_goes_on_once_what_failed_is_put_right()
    {
        await using var scene = await Scene.SimulatedAsync(new Fault { On = "POST /apps/*/builds", Do = "answer", Status = 422 });
        await DescribeAsync(scene, _ => WithWorkers);
        var failed = await scene.DeployAsync();

        var resumed = await scene.DeployAsync();

        Assert.That((failed.ExitCode, resumed.ExitCode), Is.EqualTo((1, 0)), resumed.ToString());
        Assert.That(resumed.Output, Does.Contain("ok Close the app to visitors: maintenance is on"), "it was opened in between");
        Assert.That(await Failure.WorldOfAsync(scene), Is.EqualTo("new code, open, web=1 worker=0, 2 databases, merged"));
    }

    /// <summary>Jim, whose key it is, may still do everything but promote.</summary>
    private static void GiveAway(HerokuWorld world)
    {
        var (app, jim, stephan) = (world.FindApp("sushi")!, world.Accounts[0], world.Accounts[1]);
        app.Owner = stephan.Id;
        app.AddCollaborator(jim, app.CreatedAt);
    }

    private static async Task DescribeAsync(Scene scene, Func<string, string> change) =>
        await scene.GitHubAsync(HttpMethod.Patch, $"/repos/zupo/sushi/pulls/{scene.PullRequest}", new { body = change(SampleFiles.RemovalOfUsername) });

    /// <summary><c>| gate closed | 3 | …</c></summary>
    [GeneratedRegex(@"^\| (?<class>[a-z][a-z ]+) \| (?<code>\d+) \|")]
    private static partial Regex Row();
}
