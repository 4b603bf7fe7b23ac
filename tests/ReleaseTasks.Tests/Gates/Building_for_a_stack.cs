using ReleaseTasks.Running;
using ReleaseTasks.Sandbox;
using Stage = ReleaseTasks.Tests.Running.Stage;

namespace ReleaseTasks.Tests.Gates;

/// <summary>Heroku would refuse the build behind the merge, with the app closed.</summary>
public sealed class Building_for_a_stack
{
    private Stage _stage = null!;
    private string _body = "";

    [OneTimeSetUp]
    public async Task Set_the_stage()
    {
        _stage = await Stage.SetAsync(usual => usual with { SimulateDatabases = true });
        _body = (await _stage.GitHubAsync(HttpMethod.Get, "/repos/zupo/sushi/pulls/3"))["body"]!.GetValue<string>();
    }

    [SetUp]
    public async Task Restore_the_world()
    {
        Runs("heroku-24");
        await DescribeAsync(_body);
    }

    [OneTimeTearDown]
    public async Task Leave_the_stage() => await _stage.DisposeAsync();

    [Test]
    public async Task Is_open_on_one_that_heroku_keeps() =>
        Assert.That(await _stage.RunAsync(run => run.PreflightAsync(default)), Does.Contain("ok gate 'stack' is open: the next build is for heroku-24."));

    [Test]
    public async Task Is_closed_on_one_whose_builds_fail_on_purpose_and_says_since_when_and_what_opens_it()
    {
        Runs("heroku-22");

        await Assert.ThrowsAsync<GateClosedException>(() => _stage.RunAsync(run => run.RollOutAsync(Station.Deploy, default)));

        Assert.That(_stage.Printed, Does.Contain("!! gate 'stack' is closed: the next build is for heroku-22: since 20")
            .And.Contain("until it builds none from 2027-05-01 on").And.Contain("heroku stack:set heroku-24 --app sushi"));
        Assert.That(Directory.Exists(Path.Combine(_stage.Folder, ".release")), Is.False, "nothing has begun");
    }

    [TestCase("heroku-20")]
    [TestCase("cedar-14")]
    public async Task Is_closed_on_one_that_is_gone(string stack)
    {
        Runs(stack);

        await Assert.ThrowsAsync<GateClosedException>(() => _stage.RunAsync(run => run.PreflightAsync(default)));

        Assert.That(_stage.Printed, Does.Contain($"gate 'stack' is closed: the next build is for {stack}, for which Heroku builds nothing any more."));
    }

    [Test]
    public async Task Is_open_for_a_plan_that_builds_nothing()
    {
        Runs("heroku-22");
        await DescribeAsync(Deploying("1. [ ] `heroku config:set MYVAR=2`"));

        Assert.That(await _stage.RunAsync(run => run.PreflightAsync(default)), Does.Contain("ok gate 'stack' is open: nothing is built."));
    }

    [Test]
    public async Task Wants_the_move_to_another_stack_to_be_reviewed()
    {
        await using var stage = await Stage.SetAsync(usual => usual with { SimulateDatabases = true, Faults = [Moved] });

        await Assert.ThrowsAsync<GateClosedException>(() => stage.RunAsync(run => run.PreflightAsync(default)));

        Assert.That(stage.Printed, Does.Contain("gate 'stack' is closed: the next build moves sushi from heroku-24 to heroku-26, and the plan doesn't say so")
            .And.Contain("name heroku-26 in 'Deployment risks'"));

        await stage.GitHubAsync(HttpMethod.Patch, "/repos/zupo/sushi/pulls/3", new { body = _body.Replace("complex DB migration", "complex DB migration; moves to Heroku-26", StringComparison.Ordinal) });

        Assert.That(await stage.RunAsync(run => run.PreflightAsync(default)), Does.Contain("ok gate 'stack' is open: the next build is for heroku-26."));
    }

    [Test]
    public async Task Is_closed_where_heroku_does_not_say()
    {
        await using var stage = await Stage.SetAsync(usual => usual with { SimulateDatabases = true, Faults = [new() { On = "GET /apps/sushi", Do = "remove", Field = "build_stack", Times = 100 }] });

        await Assert.ThrowsAsync<GateClosedException>(() => stage.RunAsync(run => run.PreflightAsync(default)));

        Assert.That(stage.Printed, Does.Contain("gate 'stack' is closed: Heroku didn't say which stack the next build is for."));
    }

    /// <summary>Somebody has typed <c>heroku stack:set</c>, and nothing was built since.</summary>
    private static Fault Moved => new() { On = "GET /apps/sushi", Do = "set", Field = "build_stack.name", Value = "heroku-26", Times = 100 };

    private void Runs(string stack) => _stage.Sandbox.World.Heroku.Store.Change(world =>
    {
        var app = world.FindApp("sushi")!;
        return app.Stack = app.BuildStack = stack;
    });

    private Task DescribeAsync(string body) => _stage.GitHubAsync(HttpMethod.Patch, "/repos/zupo/sushi/pulls/3", new { body });

    /// <summary>The sample's description, with other deployment steps.</summary>
    private static string Deploying(string steps) => $"""
        **Original issue and supporting materials**: #1

        **Downsides**: None

        **Deployment risks**: None

        **Deployment assistants**: None

        **Backing services related changes**: None

        **Backuping steps**: None

        **Deployment steps**:

        {steps}

        **Verification plan**:

        1. [ ] Monitor papertrail and getsentry

        **Rollback strategy**:

        1. [ ] `heroku config:set MYVAR=1`
        """;
}
