using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using NodaTime;
using ReleaseTasks.Gates;
using ReleaseTasks.Options;
using ReleaseTasks.Tests.Running;
using Stage = ReleaseTasks.Tests.Running.Stage;

namespace ReleaseTasks.Tests.Gates;

/// <summary>What <c>Preflight</c> says of the sample's pull request, and of one that GitHub or Heroku tells otherwise of.</summary>
public sealed class Deciding
{
    private const string Repo = "/api/v3/repos/zupo/sushi";
    private const string Pull = $"GET {Repo}/pulls/3";
    private const string App = "GET /apps/sushi";

    private Stage _stage = null!;
    private ReleaseOptions _options = null!;
    private string _head = "";

    private string Short => _head[..7];

    [OneTimeSetUp]
    public async Task Set_the_stage()
    {
        _stage = await Stage.SetAsync(usual => usual with { SimulateDatabases = true });
        _options = _stage.Options;
        _head = (await _stage.GitHubAsync(HttpMethod.Get, "/repos/zupo/sushi/pulls/3"))["head"]!["sha"]!.GetValue<string>();
    }

    [SetUp]
    public void Restore() => (_stage.Options, _stage.Meddle) = (_options, null);

    [OneTimeTearDown]
    public async Task Leave_the_stage() => await _stage.DisposeAsync();

    [Test]
    public async Task Lets_a_good_roll_out_pass_every_gate()
    {
        var printed = await _stage.RunAsync(run => run.PreflightAsync(default));

        Assert.That(printed, Does.Contain("ok gate 'plan' is open").And.Contain("ok gate 'lock' is open").And.Not.Contain("!!"));
    }

    [TestCase("state", "state", "closed", "#3 was closed without a merge. Reopen it, or open another.")]
    [TestCase("ready", "draft", true, "#3 is a draft. Mark it ready for review.")]
    [TestCase("ready", "title", "[wip] x", "#3 is work in progress: '[wip] x'. Take [WIP] off its title once it is done.")]
    [TestCase("mergeable", "mergeable_state", "dirty", "it conflicts with its base. Resolve the conflict; the new head needs new reviews.")]
    [TestCase("mergeable", "mergeable_state", "behind", "its branch is behind. Bring it up to date; the new head needs new reviews.")]
    [TestCase("mergeable", "mergeable_state", "blocked", "GitHub blocks the merge: a review or check that the branch requires is missing. See its merge box on GitHub.")]
    [TestCase("mergeable", "mergeable_state", "bewitched", "GitHub says 'bewitched', which is unknown. See its merge box on GitHub.")]
    public async Task Refuses_a_pull_request_that(string gate, string field, object value, string words)
    {
        _stage.Meddle = Tampering.With(Pull, pull => pull[field] = JsonValue.Create(value));

        Assert.That(await RefusalsAsync(), Does.Contain($"gate '{gate}' is closed: {words}"));
    }

    [TestCase("**Work In Progress, do not merge**\n\n")]
    [TestCase("<!-- template 2 -->\n\n## WORK IN PROGRESS: do not merge!\n")]
    [TestCase("> 🚧 Do not merge yet\r\n\r\n")]
    public async Task Refuses_a_pull_request_whose_description_says_so_on_top(string notice)
    {
        _stage.Meddle = Tampering.With(Pull, pull => pull["body"] = notice + pull["body"]);

        Assert.That(await RefusalsAsync(), Does.Contain("gate 'ready' is closed: #3 is work in progress: “do not merge” stands on top of its description. Take that off once it is done."));
    }

    [TestCase("Work in progress bars get a colour.\n\n")]
    [TestCase("This mends “do not merge” in the footer.\n\n")]
    public async Task Lets_other_words_on_top_pass(string words)
    {
        _stage.Meddle = Tampering.With(Pull, pull => pull["body"] = words + pull["body"]);

        Assert.That(await _stage.RunAsync(run => run.PreflightAsync(default)), Does.Contain("ok gate 'ready' is open"));
    }

    [Test]
    public async Task Refuses_a_pull_request_that_goes_elsewhere()
    {
        _stage.Meddle = Tampering.With(Pull, pull => pull["base"]!["ref"] = "next");

        Assert.That(await RefusalsAsync(), Does.Contain("gate 'target' is closed: it goes to 'next', and roll-outs start from 'master'. Change its base branch to 'master'."));
    }

    [Test]
    public async Task Refuses_another_head_than_the_one_whose_plan_was_read()
    {
        var asked = 0;
        _stage.Meddle = Tampering.With(Pull, pull => pull["head"]!["sha"] = Interlocked.Increment(ref asked) == 1 ? new string('b', 40) : _head);

        Assert.That(await RefusalsAsync(), Does.Contain(
            $"gate 'head' is closed: its head is {Short}, and this roll-out began with bbbbbbb. Someone pushed: have the new head reviewed, then run the same command again."));
    }

    [TestCase("objections", "dz0ny", "APPROVED CHANGES_REQUESTED", "dz0ny requests changes. Call them: a change request is settled by their approval or its dismissal.")]
    [TestCase("objections", "dz0ny", "APPLAUDED", "dz0ny's review has the state 'APPLAUDED', which is unknown. Call them: a change request is settled by their approval or its dismissal.")]
    [TestCase("approved", "dz0ny", "APPROVED", "#3 has 1 of 2 approvals of HEAD. Ask karantan.")]
    [TestCase("approved", "dz0ny", "APPROVED@old", "#3 has 0 of 2 approvals of HEAD. Of an earlier head: dz0ny (bbbbbbb). Ask dz0ny, karantan.")]
    public async Task Refuses_by_what_reviewers_say(string gate, string login, string history, string words)
    {
        _stage.Meddle = Reviewed(Reviews(12, login, history));

        Assert.That(await RefusalsAsync(), Does.Contain($"gate '{gate}' is closed: {words.Replace("HEAD", Short, StringComparison.Ordinal)}"));
    }

    [Test]
    public async Task Refuses_where_nobody_but_the_author_leads()
    {
        _stage.Options = _options with { LeadingDevelopers = ["Zupo"] };

        Assert.That(await RefusalsAsync(), Does.Contain("gate 'approved' is closed: nobody can approve: there is no leading developer but the author. Name more leading developers in release.json."));
    }

    [Test]
    public async Task Counts_a_leading_developer_who_is_listed_twice_once()
    {
        _stage.Options = _options with { LeadingDevelopers = ["zupo", "dz0ny", "Dz0ny", "DZ0NY"] };
        _stage.Meddle = Reviewed(Reviews(12, "dz0ny", "APPROVED"));

        Assert.That(await _stage.RunAsync(run => run.PreflightAsync(default)), Does.Contain("ok gate 'approved' is open: dz0ny approve: 1 of 2 leading developers."));
    }

    [TestCase(3, 2)]
    [TestCase(4, 2)]
    [TestCase(5, 3)]
    public async Task Needs_at_least_half_of_the_leading_developers(int leads, int needed)
    {
        _stage.Options = _options with { LeadingDevelopers = ["zupo", .. Enumerable.Range(2, leads - 1).Select(n => $"lead{n}")] };
        Func<HttpContext, RequestDelegate, Task> By(int approvals) => Reviewed(Enumerable.Range(2, approvals).SelectMany(n => Reviews(100 + n, $"LEAD{n}", "APPROVED")));

        _stage.Meddle = By(needed - 1);
        Assert.That(await RefusalsAsync(), Does.Contain("gate 'approved'"));

        _stage.Meddle = By(needed);
        Assert.That(await _stage.RunAsync(run => run.PreflightAsync(default)), Does.Contain("ok gate 'approved'"));
    }

    [Test]
    public async Task Counts_neither_bots_nor_strangers_nor_the_author()
    {
        _stage.Options = _options with { LeadingDevelopers = ["zupo", "dz0ny", "robot"] };
        _stage.Meddle = Reviewed([.. Reviews(await IdOfAsync("zupo"), "zupo", "APPROVED"), .. Reviews(77, "robot", "APPROVED", "Bot"), .. Reviews(99, "passer-by", "APPROVED")]);

        Assert.That(await RefusalsAsync(), Does.Contain($"gate 'approved' is closed: #3 has 0 of 2 approvals of {Short}."));
    }

    [Test]
    public async Task Counts_approvals_of_an_earlier_head_only_where_the_team_says_so()
    {
        _stage.Meddle = Reviewed([.. Reviews(12, "dz0ny", "APPROVED@old"), .. Reviews(13, "karantan", "APPROVED")]);
        Assert.That(await RefusalsAsync(), Does.Contain("gate 'approved'"));

        _stage.Options = _options with { Approvals = new() { CountStale = true } };
        Assert.That(await _stage.RunAsync(run => run.PreflightAsync(default)), Does.Contain("ok gate 'approved'"));
    }

    [Test]
    public async Task Refuses_whoever_is_not_the_author()
    {
        _stage.Meddle = Tampering.With("GET /api/v3/user", user => (user["login"], user["id"]) = ("dz0ny", 12));

        Assert.That(await RefusalsAsync(), Does.Contain("gate 'author' is closed: this is run by dz0ny, and only the author, zupo, may merge and deploy. Let zupo run it."));
    }

    [Test]
    public async Task Refuses_a_token_that_is_nobodys()
    {
        _stage.Meddle = Tampering.On("GET /api/v3/user", (context, _) =>
        {
            context.Response.StatusCode = 403;
            return context.Response.WriteAsJsonAsync(new { message = "Resource not accessible by integration" });
        });

        Assert.That(await RefusalsAsync(), Does.Contain("gate 'author' is closed: this is run by nobody known, and only the author, zupo, may merge and deploy. Let zupo run it."));
    }

    [TestCase("zupo", "dz0ny", "this is run by zupo and dz0ny, and only the author, zupo, may merge and deploy. Let zupo run it.")]
    [TestCase("dz0ny", "dz0ny", "this is run by dz0ny, and only the author, zupo, may merge and deploy. Let zupo run it.")]
    public async Task Refuses_a_workflow_that_somebody_else_started_or_ran_again_whosever_the_token(string actor, string again, string words)
    {
        var leave = await InWorkflowAsync(actor, again);

        var refusals = await RefusalsAsync();

        await leave();
        Assert.That(refusals, Does.Contain($"gate 'author' is closed: {words}"));
    }

    [Test]
    public async Task Lets_the_author_of_a_workflow_pass_with_its_own_token()
    {
        var leave = await InWorkflowAsync("zupo", "zupo");
        _stage.Meddle = Tampering.With("GET /api/v3/user", user => (user["login"], user["id"], user["type"]) = ("github-actions[bot]", 41898282, "Bot"));

        var printed = await _stage.RunAsync(run => run.PreflightAsync(default));

        await leave();
        Assert.That(printed, Does.Contain("ok gate 'author' is open: zupo is the author."));
    }

    [Test]
    public async Task Refuses_required_checks_that_are_red_or_missing()
    {
        _stage.Options = _options with { Approvals = new() { RequiredChecks = ["test"] } };
        Assert.That(await RefusalsAsync(), Does.Contain($"gate 'checks' is closed: on {Short} these required checks haven't passed: test (missing). Wait for them."));

        _stage.Meddle = Tampering.Instead($"GET {Repo}/commits/{_head}/check-runs", _ => Runs(("test", "timed_out"), ("test", "success")));
        Assert.That(await RefusalsAsync(), Does.Contain($"gate 'checks' is closed: on {Short} these required checks haven't passed: test (timed_out, success). Mend what is red."));
    }

    [TestCase(15368, 99, "ci/rules of app 15368 (missing). Wait for them.")]
    [TestCase(15368, 15368, null)]
    [TestCase(null, 99, null)]
    [TestCase(-1, 99, null)]
    public async Task Takes_a_required_check_of_an_app_from_that_app_alone(int? wanted, int by, string? words)
    {
        var rules = Tampering.Instead($"GET {Repo}/rules/branches/master", _ => Rule("ci/rules", wanted));
        var runs = Tampering.Instead($"GET {Repo}/commits/{_head}/check-runs", _ => Runs(by, ("ci/rules", "success")));
        _stage.Meddle = (context, next) => rules(context, inner => runs(inner, next));

        if (words is null)
        {
            Assert.That(await _stage.RunAsync(run => run.PreflightAsync(default)), Does.Contain("ok gate 'checks' is open: passed: ci/rules"));
        }
        else
        {
            Assert.That(await RefusalsAsync(), Does.Contain($"gate 'checks' is closed: on {Short} these required checks haven't passed: {words}"));
        }
    }

    [Test]
    public async Task Takes_no_status_that_a_person_wrote_for_an_apps()
    {
        var rules = Tampering.Instead($"GET {Repo}/rules/branches/master", _ => Rule("ci/rules", 15368));
        var statuses = (string avatar) => Tampering.Instead($"GET {Repo}/commits/{_head}/status", _ => new JsonObject
        {
            ["statuses"] = new JsonArray(new JsonObject { ["context"] = "ci/rules", ["state"] = "success", ["avatar_url"] = avatar }),
        });

        _stage.Meddle = (context, next) => rules(context, inner => statuses("https://avatars.githubusercontent.com/u/15368?v=4")(inner, next));
        Assert.That(await RefusalsAsync(), Does.Contain("haven't passed: ci/rules of app 15368 (missing). Wait for them."));

        _stage.Meddle = (context, next) => rules(context, inner => statuses("https://avatars.githubusercontent.com/in/15368?v=4")(inner, next));
        Assert.That(await _stage.RunAsync(run => run.PreflightAsync(default)), Does.Contain("ok gate 'checks' is open: passed: ci/rules of app 15368."));
    }

    [Test]
    public async Task Warns_of_preboot_and_of_red_checks_that_are_not_required()
    {
        _stage.Meddle = Tampering.Instead($"GET {Repo}/commits/{_head}/check-runs", _ => Runs(("docs", "failure")));
        Assert.That(await _stage.RunAsync(run => run.PreflightAsync(default)), Does.Contain("ok gate 'checks' is open: no check is required. Mind: red, though not required: docs."));

        _stage.Meddle = Tampering.With("GET /apps/sushi/features/preboot", feature => feature["enabled"] = true);
        Assert.That(await _stage.RunAsync(run => run.PreflightAsync(default)), Does.Contain("ok gate 'preboot' is open: preboot is on. Mind: old and new code will run side by side"));
    }

    [Test]
    public async Task Refuses_a_complex_migration_that_nobody_of_ops_assists()
    {
        _stage.Options = _options with { Ops = ["gurvankervern"] };

        await Assert.ThrowsAsync<RefusedException>(() => _stage.RunAsync(run => run.PreflightAsync(default)));

        Assert.That(_stage.Printed, Does.Contain(
            "gate 'assistant' is closed: the migration is complex, and the plan names no ops person as deployment assistant. Ask one of gurvankervern and name them in 'Deployment assistants'."));
    }

    [Test]
    public async Task Refuses_whoever_may_not_promote_the_rollback_database()
    {
        _stage.Meddle = Tampering.With("GET /account", account => account["email"] = "ann@example.com");

        Assert.That(await RefusalsAsync(), Does.Contain(
            "gate 'owner' is closed: this roll-out, or going back, promotes a database, which only the owner of sushi, jim@example.com, may; this is ann@example.com. Run it with an API key of jim@example.com."));
    }

    [Test]
    public async Task Refuses_where_hardly_a_request_is_left()
    {
        _stage.Meddle = Tampering.With("GET /account/rate-limits", limit => limit["remaining"] = 12);

        Assert.That(await RefusalsAsync(), Does.Contain(
            "gate 'rate-limit' is closed: 12 requests are left of Heroku's rate limit; a roll-out and its rollback may need 300. Wait: Heroku gives back about 75 a minute."));
    }

    [Test]
    public async Task Refuses_while_heroku_works_on_a_release()
    {
        _stage.Meddle = Tampering.With("GET /apps/sushi/releases", releases => releases[0]!["status"] = "pending");

        Assert.That(await RefusalsAsync(), Does.Contain("gate 'lock' is closed: Heroku is still working on release v51 of sushi. Wait for it to end."));
    }

    [Test]
    public async Task Refuses_a_rollback_database_whose_source_keeps_nothing_to_go_back_to()
    {
        _stage.Meddle = (context, next) => context.Request.Path.StartsWithSegments("/client/v11/databases", StringComparison.Ordinal) && context.Request.Method == "GET"
            ? Tampering.With($"GET {context.Request.Path}", database => database["info"] = new JsonArray())(context, next)
            : next(context);

        await Assert.ThrowsAsync<RefusedException>(() => _stage.RunAsync(run => run.PreflightAsync(default)));

        Assert.That(_stage.Printed, Does.Contain("gate 'rollback-range' is closed: `HEROKU_POSTGRESQL_YELLOW` has the plan heroku-postgresql:standard-0, which keeps nothing to roll back to. Back it up instead: `heroku pg:backups:capture`."));
    }

    [Test]
    public async Task Shows_all_refusals_together_and_the_errors_of_the_plan_with_them()
    {
        var body = (await _stage.GitHubAsync(HttpMethod.Get, "/repos/zupo/sushi/pulls/3"))["body"]!.GetValue<string>();
        _stage.Meddle = Tampering.With(Pull, pull => (pull["body"], pull["draft"]) = (body.Replace("addons:destroy HEROKU_POSTGRESQL_SILVER", "addons:destroy HEROKU_POSTGRESQL_YELLOW", StringComparison.Ordinal), true));

        var e = await Assert.ThrowsAsync<RefusedException>(() => _stage.RunAsync(run => run.PreflightAsync(default)));

        Assert.That(_stage.Printed, Does.Contain("!! gate 'plan' is closed: the lint finds 1 error in it.").And.Contain("!! gate 'ready' is closed: #3 is a draft.").And.Contain("ok gate 'approved' is open"));
        Assert.That(e!.Message, Does.StartWith("#3:38:1").And.Contain("The plan must not be carried out like this. Beside it 1 of 19 gates is closed. Nothing was changed."));
    }

    [Test]
    public void Goes_by_the_clock_on_the_wall_in_summer_and_in_winter()
    {
        var seven = new DateTimeOffset(2026, 7, 1, 6, 0, 0, TimeSpan.Zero); // 08:00 CEST
        var winter = new DateTimeOffset(2026, 12, 1, 6, 0, 0, TimeSpan.Zero); // 07:00 CET

        Assert.That(Ask(seven), Is.TypeOf<GateAnswer.Open>());
        Assert.That(Ask(winter), Is.TypeOf<GateAnswer.Closed>());
    }

    [TestCase("2026-11-23T06:59:00Z", "it is 07:59; the window is 08:00–17:00 Europe/Ljubljana.", "Run it again from 08:00 on 2026-11-23. A rollback may run at any time.")]
    [TestCase("2026-11-23T15:30:00Z", "it is 16:30 and the roll-out is expected to last until 17:10; the window, 08:00–17:00 Europe/Ljubljana, closes before.", "Run it again from 08:00 on 2026-11-24. A rollback may run at any time.")]
    [TestCase("2026-11-23T16:00:00Z", "it is 17:00; the window is 08:00–17:00 Europe/Ljubljana.", "Run it again from 08:00 on 2026-11-24. A rollback may run at any time.")]
    public void Says_when_the_window_opens(string now, string reason, string remedy) =>
        Assert.That(Ask(DateTimeOffset.Parse(now, null)), Is.EqualTo(new GateAnswer.Closed(reason, remedy)));

    [Test]
    public void Stands_the_hour_that_summer_time_skips()
    {
        var window = new DeploymentWindow { From = new LocalTime(2, 30), Until = new LocalTime(17, 0) };

        var answer = window.Ask(new(2026, 3, 29, 1, 45, 0, TimeSpan.Zero), TimeSpan.Zero);

        Assert.That(answer, Is.TypeOf<GateAnswer.Open>());
    }

    private static GateAnswer Ask(DateTimeOffset now) => DeploymentWindow.Of(new()).Ask(now, TimeSpan.FromMinutes(40));

    /// <returns>The gates that are closed, a line each.</returns>
    private async Task<string> RefusalsAsync()
    {
        await Assert.ThrowsAsync<GateClosedException>(() => _stage.RunAsync(run => run.PreflightAsync(default)));
        return string.Join('\n', _stage.Printed.Split('\n').Where(line => line.StartsWith("  !!", StringComparison.Ordinal)));
    }

    private Task<Func<Task>> InWorkflowAsync(string actor, string again) =>
        _stage.SurroundAsync(("GITHUB_ACTIONS", "true"), ("GITHUB_ACTOR", actor), ("GITHUB_TRIGGERING_ACTOR", again));

    private async Task<long> IdOfAsync(string login) => (await _stage.GitHubAsync(HttpMethod.Get, $"/users/{login}"))["id"]!.GetValue<long>();

    private static Func<HttpContext, RequestDelegate, Task> Reviewed(IEnumerable<JsonNode> reviews) =>
        Tampering.Instead($"GET {Repo}/pulls/3/reviews", _ => new JsonArray([.. reviews.Select(review => review.DeepClone())]));

    /// <param name="id">Of the reviewer.</param>
    /// <param name="login">Of the reviewer.</param>
    /// <param name="history">GitHub's words, oldest first; <c>@old</c> is of an earlier head.</param>
    /// <param name="type">Of account.</param>
    private IEnumerable<JsonNode> Reviews(long id, string login, string history, string type = "User") =>
        from word in history.Split(' ')
        let parts = word.Split('@')
        select (JsonNode)new JsonObject
        {
            ["id"] = 1,
            ["user"] = new JsonObject { ["id"] = id, ["login"] = login, ["type"] = type },
            ["state"] = parts[0],
            ["commit_id"] = parts.Length > 1 ? new string('b', 40) : _head,
            ["submitted_at"] = "2026-11-22T09:00:00Z",
        };

    private static JsonObject Runs(params (string Name, string Conclusion)[] runs) => Runs(app: 99, runs);

    private static JsonObject Runs(int app, params (string Name, string Conclusion)[] runs) => new()
    {
        ["total_count"] = runs.Length,
        ["check_runs"] = new JsonArray([.. runs.Select((run, id) => new JsonObject
        {
            ["id"] = id + 1,
            ["name"] = run.Name,
            ["status"] = "completed",
            ["conclusion"] = run.Conclusion,
            ["app"] = new JsonObject { ["id"] = app },
        })]),
    };

    private static JsonArray Rule(string check, int? app)
    {
        var required = new JsonArray(new JsonObject { ["context"] = check, ["integration_id"] = app });
        return new(new JsonObject { ["type"] = "required_status_checks", ["parameters"] = new JsonObject { ["required_status_checks"] = required } });
    }
}
