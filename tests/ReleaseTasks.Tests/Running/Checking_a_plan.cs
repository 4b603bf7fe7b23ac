using System.Text.Json.Nodes;
using ReleaseTasks.GitHub;
using ReleaseTasks.Plans;
using ReleaseTasks.Running;

namespace ReleaseTasks.Tests.Running;

/// <summary><c>CheckPlan</c> of a pull request, seen from GitHub.</summary>
public sealed class Checking_a_plan
{
    private Stage _stage = null!;
    private string _body = "";

    [OneTimeSetUp]
    public async Task Set_the_stage()
    {
        _stage = await Stage.SetAsync();
        _body = (await _stage.GitHubAsync(HttpMethod.Get, "/repos/zupo/sushi/pulls/3"))["body"]!.GetValue<string>();
    }

    [SetUp]
    public Task Restore_the_description() => EditAsync(_body, "remove `username`");

    [OneTimeTearDown]
    public async Task Leave_the_stage() => await _stage.DisposeAsync();

    [Test]
    public async Task Says_that_there_is_nothing_to_put_right_and_what_is_filled_in_later() =>
        Assert.That(await CheckAsync(), Does.Contain("note: The point in time is filled in when the step runs.").And.Contain("#3: 15 steps, nothing to put right."));

    [Test]
    public async Task Shows_the_warnings_of_the_reading_too()
    {
        await EditAsync(_body.Replace("  7. [ ] After some time", "  7. [ ] `heroku maintenance:off; echo done`\n  8. [ ] After some time", StringComparison.Ordinal));

        Assert.That(await CheckAsync(), Does.Contain("warning: This step stays manual: `;` joins two commands"));
    }

    [Test]
    public async Task Prints_the_plan_for_machines_even_where_it_can_not_be_read()
    {
        await EditAsync(_body + "\n<!-- open\n");

        await Assert.ThrowsAsync<RefusedException>(() => CheckAsync(("format", "json")));

        var json = JsonNode.Parse(_stage.Printed[_stage.Printed.IndexOf("{\n", StringComparison.Ordinal)..(_stage.Printed.IndexOf("\n}\n", StringComparison.Ordinal) + 2)])!;
        Assert.That((json["accepted"]!.GetValue<bool>(), json["plan"]!["deployment"]!.AsArray().Count), Is.EqualTo((false, 6)));
    }

    [Test]
    public async Task Asks_less_of_work_in_progress()
    {
        await EditAsync("**Original issue**: #1\n", "[WIP] think");

        Assert.That(await CheckAsync(), Does.Contain("nothing to put right"));
    }

    [Test]
    public async Task Publishes_what_it_found_as_a_check_run()
    {
        await using var stage = await Stage.SetAsync();
        await stage.GitHubAsync(HttpMethod.Patch, "/repos/zupo/sushi/pulls/3", new { body = _body.Replace("addons:destroy HEROKU_POSTGRESQL_SILVER", "addons:destroy HEROKU_POSTGRESQL_YELLOW", StringComparison.Ordinal) });
        await stage.UseAppTokenAsync();

        var e = await Assert.ThrowsAsync<RefusedException>(() => stage.RunAsync(run => run.CheckPlanAsync(default), ("check-run", "true"), ("pr", "3")));

        var head = (await stage.GitHubAsync(HttpMethod.Get, "/repos/zupo/sushi/pulls/3"))["head"]!["sha"]!.GetValue<string>();
        var run = (await stage.GitHubAsync(HttpMethod.Get, $"/repos/zupo/sushi/commits/{head}/check-runs"))["check_runs"]!.AsArray().Single()!;
        var remarks = (await stage.GitHubAsync(HttpMethod.Get, $"/repos/zupo/sushi/check-runs/{run["id"]}/annotations")).AsArray();
        Assert.That(e!.ExitCode, Is.EqualTo(ExitCode.Refused));
        Assert.That((run["name"]!.GetValue<string>(), run["conclusion"]!.GetValue<string>()), Is.EqualTo(("Roll-out plan", "failure")));
        Assert.That(remarks.Where(remark => remark!["annotation_level"]!.GetValue<string>() == "failure").Select(remark => $"{remark!["path"]}:{remark["start_line"]}: {remark["message"]}"), Has.Some.Contains("#3:38: This destroys `HEROKU_POSTGRESQL_YELLOW`"));
    }

    [Test]
    public void Says_why_a_check_run_that_was_asked_for_could_not_be_published() =>
        Assert.That(() => CheckAsync(("check-run", "true")), Throws.TypeOf<GitHubException>().With.Message.Contains("You must authenticate via a GitHub App"));

    [TestCase("true", "refs/pull/17/merge", 17)]
    [TestCase("true", "refs/heads/master", null)]
    [TestCase("true", "refs/pull/17/merge/../../4", null)]
    [TestCase(null, "refs/pull/17/merge", null)]
    public void Knows_the_pull_request_that_a_workflow_runs_for(string? actions, string reference, int? number) =>
        Assert.That(Workflow.PullRequest(new Dictionary<string, string> { ["GITHUB_ACTIONS"] = actions ?? "", ["GITHUB_REF"] = reference }), Is.EqualTo(number));

    [Test]
    public void Counts_what_is_to_be_put_right()
    {
        var report = PlanCheck.Report(CommitSha.Parse(new string('a', 40))!, "#3", [new(1, 2, "One.", "This."), new(3, 4, "Two.", "That.", PlanSeverity.Warning), new(5, 6, "Three.", "", PlanSeverity.Note)]);

        Assert.That((report.Passed, report.Title), Is.EqualTo((false, "1 problem to put right")));
        Assert.That(report.Annotations.Select(remark => $"{remark.Path}:{remark.Line}: {remark.Level}: {remark.Message}"), Is.EqualTo(["#3:1: Failure: One. This.", "#3:3: Warning: Two. That.", "#3:5: Notice: Three."]));
    }

    private Task<string> CheckAsync(params (string, string)[] arguments) => _stage.RunAsync(run => run.CheckPlanAsync(default), [("pr", "3"), .. arguments]);

    private Task EditAsync(string body, string title = "remove `username`") => _stage.GitHubAsync(HttpMethod.Patch, "/repos/zupo/sushi/pulls/3", new { body, title });
}
