using System.Text.Json.Nodes;
using ReleaseTasks.Plans;
using ReleaseTasks.Running;
using ReleaseTasks.Sandbox;

namespace ReleaseTasks.Tests.Running;

/// <summary>Steps that a person does, and the boxes that say what is done.</summary>
public sealed class Waiting_for_people
{
    private const string Plan = """
        Dear team,

        **Original issue**: #3 people
        **Downsides**: None
        **Risks**: None
        **Assistants**: None
        **Backing services**: one config var
        **Backup steps**:
          1. [ ] Backup production database: `heroku pg:backups:capture`

        **Deployment steps**:
          1. [ ] Call the mayor
          2. [ ] `heroku config:set GREETING=hello`
          3. [ ] Ring the bells
          4. [ ] Merge PR into master

        ## Verification plan
          1. [ ] check the bells

        ## Rollback
          1. [ ] `heroku config:unset GREETING`
          2. [ ] `heroku rollback vXX`
        """;

    private Stage _stage = null!;

    private IEnumerable<JsonNode> Journal => File.ReadAllLines(Path.Combine(_stage.Folder, ".release", "sandbox", "sushi-pr3", "journal.jsonl")).Select(line => JsonNode.Parse(line)!);

    [Test]
    public async Task Ends_as_waiting_goes_on_when_its_box_is_ticked_and_believes_the_terminal()
    {
        await using (_stage = await Stage.SetAsync(WithoutDatabases))
        {
            await EditAsync(_ => Plan);

            var waiting = await Assert.ThrowsAsync<WaitingException>(() => DeployAsync(("manual-timeout", "00:00:01")));

            Assert.That(waiting!.ExitCode, Is.EqualTo(ExitCode.Waiting));
            Assert.That(waiting.Message, Is.EqualTo("Waiting for a person, who didn't confirm it within 00:00:01: Call the mayor"));
            Assert.That(_stage.Printed, Does.Contain("waiting for a person: Call the mayor (tick its box on #3)"));
            Assert.That(await BodyAsync(), Does.Match(@"1\. \[x\] Backup production database: `heroku pg:backups:capture` \S+.*UTC, \[backup b\d+"), "what was done before is ticked already");

            await EditAsync(body => body.Replace("[ ] Call the mayor", "[x] Call the mayor", StringComparison.Ordinal).Replace("Dear team,", "Dear team, and dear mayor,", StringComparison.Ordinal));
            await _stage.RunAsync(run => run.UnlockAsync(default), ("reason", "this process, which took the lock, lives on"));
            _stage.Terminal = new Stage.ScriptedTerminal(["no", "y"]);
            await DeployAsync();

            var body = await BodyAsync();
            var confirmed = Journal.Where(line => line["event"]!.GetValue<string>() == "step-finished" && line["step"]!.GetValue<string>().StartsWith("by-hand:", StringComparison.Ordinal)).ToList();
            Assert.That(confirmed.Select(line => $"{line["after"]!["by"]} {line["after"]!["where"]}"), Is.EqualTo(["someone who may edit the description on #3", $"{System.Environment.UserName} at the terminal"]));
            Assert.That(confirmed.Select(line => line["at"]!.GetValue<DateTimeOffset>()), Is.All.GreaterThan(DateTimeOffset.UnixEpoch));
            Assert.That(body, Does.StartWith("Dear team, and dear mayor,").And.Contain("3. [x] Ring the bells"));
            Assert.That(PlanMarkdown.Parse(body).Draft.Unplaced(), Is.EqualTo(AllTicked(PlanMarkdown.Parse(Plan).Draft.Unplaced())), "the notes change no step");

            var undone = await _stage.RunAsync(run => run.RollBackAsync(default), ("confirm", "sushi"), ("schema", "downgrade"));
            Assert.That(undone, Does.Contain("!! Not undone here, for nobody but you knows what it did: By hand: Call the mayor (confirmed by someone"));
        }
    }

    [Test]
    public async Task Ticks_with_time_and_link_beside_somebody_who_edits_all_the_while()
    {
        await using (_stage = await Stage.SetAsync(WithoutDatabases))
        {
            using var stop = new CancellationTokenSource();
            var editing = EditAllTheWhileAsync(stop.Token);
            await DeployAsync();
            await stop.CancelAsync();
            var edits = await editing;

            await DeployAsync();

            var body = await BodyAsync();
            var pullRequest = await _stage.GitHubAsync(HttpMethod.Get, "/repos/zupo/sushi/pulls/3");
            var merge = pullRequest["merge_commit_sha"]!.GetValue<string>();
            Assert.That(edits, Is.GreaterThan(3));
            Assert.That(body, Does.Contain($"edit {edits}\n"), "the last edit is there");
            Assert.That(body, Does.Match($@"2\. \[x\] Merge PR into master \S+.*UTC, \[merged as {merge[..7]}\]\(http://127\.0\.0\.1:\d+/zupo/sushi/commit/{merge}\)"));
            Assert.That(body, Does.Match(@"4\. \[x\] Deploy app new release.*\[v5\d of [0-9a-f]{7} is current\]\(https://dashboard\.heroku\.com/apps/sushi/activity/releases/[0-9a-f-]{36}\)"));
            Assert.That(body, Does.Match(@"1\. \[x\] Create production DB rollback[^\[]*\S+.*\(https://data\.heroku\.com/datastores/[0-9a-f-]{36}\)").And.Contain("7. [ ] After some time"));
        }
    }

    [Test]
    public async Task Says_which_box_it_left_alone_and_why()
    {
        await using (_stage = await Stage.SetAsync(WithoutDatabases))
        {
            await EditAsync(body => body.Replace("2. [ ] Merge PR into master", "2. Merge PR into master", StringComparison.Ordinal));

            await DeployAsync();

            Assert.That(_stage.Printed, Does.Contain("a box of #3 is left alone: “Merge PR into master” has no box on GitHub."));
        }
    }

    /// <summary>Boxes and people are looked at here: nothing of it needs a real database.</summary>
    private static SandboxOptions WithoutDatabases(SandboxOptions usual) => usual with { SimulateDatabases = true };

    private static RolloutPlan AllTicked(RolloutPlan plan) => plan with
    {
        Backup = [.. plan.Backup.Select(step => step with { Ticked = true })],
        Deployment = [.. plan.Deployment.Select(step => step with { Ticked = true })],
    };

    private async Task<int> EditAllTheWhileAsync(CancellationToken stop)
    {
        var edits = 0;
        while (!stop.IsCancellationRequested)
        {
            edits++;
            await EditAsync(body => $"edit {edits}\n{body[(body.StartsWith("edit ", StringComparison.Ordinal) ? body.IndexOf('\n', StringComparison.Ordinal) + 1 : 0)..]}");
            await Task.Delay(TimeSpan.FromMilliseconds(500), TimeProvider.System, CancellationToken.None);
        }

        return edits;
    }

    private Task<string> DeployAsync(params (string, string)[] arguments) => _stage.RunAsync(run => run.RollOutAsync(Station.Deploy, default), [("pr", "3"), .. arguments]);

    private async Task<string> BodyAsync() => (await _stage.GitHubAsync(HttpMethod.Get, "/repos/zupo/sushi/pulls/3"))["body"]!.GetValue<string>();

    private async Task EditAsync(Func<string, string> edit) => await _stage.GitHubAsync(HttpMethod.Patch, "/repos/zupo/sushi/pulls/3", new { body = edit(await BodyAsync()) });
}
