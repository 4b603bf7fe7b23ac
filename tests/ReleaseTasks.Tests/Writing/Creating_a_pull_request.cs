using System.Text.Json.Nodes;
using ReleaseTasks.Tests.Running;

namespace ReleaseTasks.Tests.Writing;

/// <summary><c>CreatePullRequest</c> against the stand-in of GitHub, with branches that are pushed to it.</summary>
public sealed class Creating_a_pull_request
{
    private static readonly (string, string)[] Everything =
    [
        ("downsides", "None"), ("risks", "None"), ("assistants", "None"), ("backing-services", "None"), ("backup", "None"),
        ("deployment", "Merge PR into master"), ("verification", "Monitor papertrail and getsentry"), ("rollback", "Rollback release: `heroku rollback vXX`"),
    ];

    private Stage _stage = null!;

    [OneTimeSetUp]
    public async Task Set_the_stage()
    {
        _stage = await Stage.SetAsync();
        await _stage.PushAsync("1-wider", "wider.py", "# ???: is this wide enough?\nWIDTH = 1\n", "Make it wider");
    }

    [SetUp]
    public void Leave_the_terminal() => _stage.Terminal = new Stage.ScriptedTerminal(null);

    [OneTimeTearDown]
    public async Task Leave_the_stage() => await _stage.DisposeAsync();

    [Test]
    public async Task Writes_it_from_the_branch_the_arguments_and_the_answers()
    {
        await _stage.PushAsync("1-navbar", "navbar.py", "WIDTH = 2\n", "Widen the navbar\n\nAt last.");
        _stage.Terminal = new Stage.ScriptedTerminal(["links move", "fonts change", "", ""]);

        var printed = await CreateAsync("1-navbar", [.. Everything.Where(given => given.Item1 is not ("downsides" or "risks"))]);

        var created = await PullRequestAsync("1-navbar");
        Assert.That(printed, Does.Contain("Downsides: What becomes worse by it?").And.Contain("Asked for a review: dz0ny, karantan.").And.Contain($"#{created["number"]} is open: "));
        Assert.That(created["title"]!.GetValue<string>(), Is.EqualTo("Widen the navbar"), "the only commit's subject");
        Assert.That(created["requested_reviewers"]!.AsArray().Select(person => person!["login"]!.GetValue<string>()), Is.EquivalentTo(["dz0ny", "karantan"]), "the author is left out");
        Approved.AssertSame("created", created["body"]!.GetValue<string>());
    }

    [Test]
    public async Task Updates_the_one_that_is_open_and_keeps_what_others_wrote()
    {
        await _stage.PushAsync("1-colour", "colour.py", "RED = 1\n", "Red");
        await CreateAsync("1-colour", Everything);
        var first = await PullRequestAsync("1-colour");
        var edited = first["body"]!.GetValue<string>().Replace("## Verification plan", "karantan: mind the footer!\n\n## Verification plan", StringComparison.Ordinal);
        await _stage.GitHubAsync(HttpMethod.Patch, $"/repos/zupo/sushi/pulls/{first["number"]}", new { body = edited });

        var printed = await CreateAsync("1-colour", ("downsides", "red is loud"));

        var second = await PullRequestAsync("1-colour");
        Assert.That(printed, Does.Contain($"#{first["number"]} is up to date"));
        Assert.That(second["number"]!.GetValue<int>(), Is.EqualTo(first["number"]!.GetValue<int>()));
        Assert.That(second["body"]!.GetValue<string>(), Is.EqualTo(edited.Replace("**Downsides**: None", "**Downsides**: red is loud", StringComparison.Ordinal)));
    }

    [Test]
    public async Task Keeps_what_is_edited_while_answers_are_typed()
    {
        await _stage.PushAsync("1-slow", "slow.py", "SLOW = 1\n", "Slow");
        await CreateAsync("1-slow", [.. Everything, ("wip", "true")]);
        var found = await PullRequestAsync("1-slow");
        var without = found["body"]!.GetValue<string>().Replace("**Deployment risks**: None", "**Deployment risks**:", StringComparison.Ordinal);
        await _stage.GitHubAsync(HttpMethod.Patch, $"/repos/zupo/sushi/pulls/{found["number"]}", new { body = without });
        _stage.Terminal = new Stage.ScriptedTerminal(["it is slow"])
        {
            BeforeEachAnswer = () => _stage.GitHubAsync(HttpMethod.Patch, $"/repos/zupo/sushi/pulls/{found["number"]}", new { body = without + "\ndz0ny was here\n" }),
        };

        await CreateAsync("1-slow");

        Assert.That((await PullRequestAsync("1-slow"))["body"]!.GetValue<string>(), Does.Contain("**Deployment risks**: it is slow").And.Contain("dz0ny was here").And.Not.Contain("do not merge"));
    }

    [Test]
    public async Task Asks_nobody_where_nobody_is_and_lists_what_is_missing()
    {
        var e = await Assert.ThrowsAsync<RefusedException>(() => CreateAsync("1-wider", ("downsides", "None"), ("deployment", "Merge PR into master")));

        Assert.That(e!.ExitCode, Is.EqualTo(ExitCode.Refused));
        Assert.That(e.Message.ReplaceLineEndings("\n"), Is.EqualTo("""
            The pull request lacks what can't be asked here (CI is set, or input or output is no terminal):
              --risks: What may go wrong while it is deployed? 'None' where there is nothing.
              --assistants: Who of ops will assist? 'None' where there is nothing.
              --backing-services: What changes in config vars, add-ons and databases? 'None' where there is nothing.
              --backup: Which backups are made first, step by step? 'None' where there is nothing.
              --verification: How will you see that it works, step by step?
              --rollback: How is it undone, step by step?
            Nothing was changed. Give them as arguments, @FILE for the words in a file, or the whole description as --plan=FILE.
            """));
        Assert.That(await OpenAsync("1-wider"), Is.Empty);
    }

    [Test]
    public async Task In_progress_asks_what_the_code_asks_with_a_link_to_its_line()
    {
        await _stage.PushAsync("1-thinking", "sub/think.py", "A = 1\n# ???: is this right?\nB = 2  # !!!: slow\n", "Think");
        await CreateAsync("1-thinking", ("wip", "true"), ("title", "think"));

        var created = await PullRequestAsync("1-thinking");
        var head = created["head"]!["sha"]!.GetValue<string>();
        var body = created["body"]!.GetValue<string>();
        Assert.That(created["title"]!.GetValue<string>(), Is.EqualTo("[WIP] think"));
        Assert.That(body, Does.StartWith("**Work In Progress, do not merge**\n"));
        Assert.That(body, Does.Match($@"`\?\?\?: is this right\?` \(\[`sub/think\.py:2`\]\(http\S+/blob/{head}/sub/think\.py#L2\)\)").And.Contain("`!!!: slow`").And.Contain("#1 increase navbar width"));
    }

    [Test]
    public async Task In_progress_needs_a_plan_and_a_way_back_as_soon_as_it_changes_configuration()
    {
        var e = await Assert.ThrowsAsync<RefusedException>(() => CreateAsync("1-wider", ("wip", "true"), ("backing-services", "a new config var")));

        Assert.That(e!.Message, Does.Contain("“Deployment steps” is empty, and work in progress that changes configuration or add-ons needs it too").And.Contain("“Rollback strategy” is empty"));
        Assert.That(await OpenAsync("1-wider"), Is.Empty);
    }

    [Test]
    public async Task Opens_nothing_that_CheckPlan_would_refuse()
    {
        var e = await Assert.ThrowsAsync<RefusedException>(() => CreateAsync("1-wider", [.. Everything.Where(given => given.Item1 != "deployment"), ("deployment", "Merge PR into master\n`heroku addons:destroy DATABASE_URL`")]));

        Assert.That(e!.Message, Does.Match(@"the description:\d+:\d+: This destroys `DATABASE_URL`, the app's primary database\."));
        Assert.That(await OpenAsync("1-wider"), Is.Empty);
    }

    [Test]
    public void Wants_a_branch_that_was_pushed()
    {
        Assert.That(() => CreateAsync("nowhere", Everything), Throws.TypeOf<RefusedException>().With.Message.Contains("has no branch nowhere. Nothing was changed. Push it first"));
        Assert.That(() => CreateAsync("master", Everything), Throws.TypeOf<RefusedException>().With.Message.Contains("the branch that pull requests go to"));
    }

    [Test]
    public void Wants_an_issue_that_exists() =>
        Assert.That(() => CreateAsync("1-wider", [.. Everything, ("issue", "4711")]), Throws.TypeOf<RefusedException>().With.Message.Contains("--issue=4711: zupo/sushi has no such issue."));

    private Task<string> CreateAsync(string branch, params (string, string)[] arguments) => _stage.RunAsync(run => run.CreatePullRequestAsync(() => branch, default), arguments);

    private async Task<JsonNode> PullRequestAsync(string branch) => (await OpenAsync(branch)).Single();

    private async Task<IReadOnlyList<JsonNode>> OpenAsync(string branch) =>
        [.. (await _stage.GitHubAsync(HttpMethod.Get, "/repos/zupo/sushi/pulls?state=open")).AsArray().Select(found => found!).Where(found => found["head"]!["ref"]!.GetValue<string>() == branch)];
}
