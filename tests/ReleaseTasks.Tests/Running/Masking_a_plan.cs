using System.Text.Json.Nodes;
using ReleaseTasks.Journals;
using ReleaseTasks.Running;

namespace ReleaseTasks.Tests.Running;

/// <summary>A plan sets a config var: what it sets stands in the description, and nowhere else where others could read it.</summary>
public sealed class Masking_a_plan
{
    private const string Greeting = "w3lc0me-t0-0ur-sush1";

    private const string Plan = $"""
        **Original issue**: #3 greeting
        **Downsides**: None
        **Risks**: None
        **Assistants**: None
        **Backing services**: one config var
        **Backup steps**: None

        **Deployment steps**:
          1. [ ] Notify users: the app will say {Greeting} soon
          2. [ ] Merge PR into master
          3. [ ] `heroku config:set GREETING={Greeting}`
          4. [ ] `heroku run echo {Greeting}`

        ## Verification plan
          1. [ ] check the greeting

        ## Rollback
          1. [ ] `heroku config:unset GREETING`
          2. [ ] `heroku rollback vXX`
          3. [ ] put back by hand what the command has changed
        """;

    private static readonly string Key = JournalKey.Create();

    private Stage _stage = null!;

    private string JournalPath => Path.Combine(_stage.Folder, ".release", "sandbox", "sushi-pr3", "journal.jsonl");

    [SetUp]
    public async Task Begin_with_the_merge()
    {
        _stage = await Stage.SetAsync();
        await GiveKeyAsync();
        await DescribeAsync(Plan);
        await _stage.RunAsync(run => run.RollOutAsync(Station.MergePullRequest, default));

        // Its process lives on, which is this one.
        await _stage.RunAsync(run => run.UnlockAsync(default), ("reason", "the next run is another's"));
    }

    [TearDown]
    public async Task Leave_the_stage() => await _stage.DisposeAsync();

    [Test]
    public async Task Keeps_the_whole_of_it_beside_the_journal_and_goes_on_from_there()
    {
        await DescribeAsync("something else by now");

        await _stage.RunAsync(run => run.RollOutAsync(Station.Deploy, default));

        Assert.That(await GreetingAsync(), Is.EqualTo(Greeting));
        Assert.That(await File.ReadAllTextAsync(JournalPath), Does.Not.Contain(Greeting).And.Contain("GREETING=[REDACTED]"));
        Assert.That(await CopyAsync(), Does.Not.Contain(Greeting).And.Contain("GREETING=[REDACTED]"));
        var said = (await _stage.HerokuAsync("/slack/messages")).ToJsonString();
        Assert.That(said, Does.Not.Contain(Greeting).And.Contain("will say [REDACTED] soon"));
    }

    [Test]
    public async Task Signs_its_copy_as_it_stands_there_without_it()
    {
        var copy = SignedCopy.Read(await CopyAsync() + "\n", "zupo/sushi sushi-pr3", JournalKey.Parse(Key), "refs/x");

        Assert.That(copy.WhyEvidence, Is.Null);
        Assert.That(copy.Text, Does.Contain("GREETING=[REDACTED]").And.Not.Contain(Greeting).And.Not.Contain(Key));
        Assert.That(await File.ReadAllTextAsync(JournalPath), Does.StartWith(copy.Text));
    }

    [Test]
    public async Task Goes_on_from_a_masked_copy_nowhere_else_without_the_key()
    {
        await _stage.HerokuAsync(HttpMethod.Patch, "/apps/sushi/config-vars", new Dictionary<string, string?> { [JournalKey.ConfigVar] = null });
        await NothingIsPendingAsync();
        MoveElsewhere();

        var refused = await Assert.ThrowsAsync<GateClosedException>(
            () => _stage.RunAsync(run => run.RollOutAsync(Station.Deploy, default), ("pr", "3")));

        Assert.That(refused!.Message, Does.Contain("the app has no key that copies are signed with"));
        Assert.That(await GreetingAsync(), Is.Null);
    }

    [Test]
    public async Task Finds_the_whole_of_it_in_the_description_elsewhere_though_its_boxes_were_ticked()
    {
        Assert.That((await DescriptionAsync()), Does.Contain("[x] Merge"));
        MoveElsewhere();

        await _stage.RunAsync(run => run.RollOutAsync(Station.Deploy, default));

        Assert.That(await GreetingAsync(), Is.EqualTo(Greeting));
    }

    [Test]
    public async Task Guesses_nothing_elsewhere_once_the_description_was_reworded()
    {
        await DescribeAsync(Plan.Replace(Greeting, "g00d-bye-t0-0ur-sush1", StringComparison.Ordinal));
        MoveElsewhere();

        var refused = await Assert.ThrowsAsync<RefusedException>(() => _stage.RunAsync(run => run.RollOutAsync(Station.Deploy, default)));

        Assert.That(refused!.Message, Does.Contain("unmasked.json").And.Contain($"beside the journal on {Environment.MachineName}"));
        Assert.That(await GreetingAsync(), Is.Null);
    }

    [Test]
    public async Task Still_goes_back_elsewhere_by_what_the_journal_says_was_done()
    {
        await _stage.RunAsync(run => run.RollOutAsync(Station.Deploy, default));
        await DescribeAsync("something else by now");
        MoveElsewhere();

        var printed = await _stage.RunAsync(run => run.RollBackAsync(default), ("confirm", "sushi"), ("schema", "downgrade"));

        Assert.That(await GreetingAsync(), Is.Null);
        Assert.That(printed, Does.Contain("Rollback strategy: not looked at").And.Not.Contain(Greeting));
    }

    [Test]
    public async Task Shows_nothing_of_it_to_programs()
    {
        var text = await _stage.RunAsync(run => run.PreviewAsync(default));
        var json = await _stage.RunAsync(run => run.PreviewAsync(default), ("format", "json"));
        var graph = await _stage.RunAsync(run => run.PreviewAsync(default), ("format", "mermaid"));
        var plan = await _stage.RunAsync(run => run.CheckPlanAsync(default), ("format", "json"));

        Assert.That(text + json + graph + plan, Does.Not.Contain(Greeting).And.Contain("[REDACTED]"));
        Assert.That(() => JsonNode.Parse(json[json.IndexOf("{\n", StringComparison.Ordinal)..]), Throws.Nothing);
    }

    private async Task GiveKeyAsync()
    {
        await _stage.HerokuAsync(HttpMethod.Patch, "/apps/sushi/config-vars", new Dictionary<string, string> { [JournalKey.ConfigVar] = Key });
        await NothingIsPendingAsync();
    }

    private async Task NothingIsPendingAsync()
    {
        while ((await _stage.HerokuAsync("/apps/sushi/releases")).AsArray().Any(release => release!["status"]!.GetValue<string>() == "pending"))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        }
    }

    private void MoveElsewhere() => Directory.Delete(Path.Combine(_stage.Folder, ".release"), recursive: true);

    private Task DescribeAsync(string body) => _stage.GitHubAsync(HttpMethod.Patch, "/repos/zupo/sushi/pulls/3", new { body });

    private async Task<string> DescriptionAsync() =>
        (await _stage.GitHubAsync(HttpMethod.Get, "/repos/zupo/sushi/pulls/3"))["body"]!.GetValue<string>();

    private async Task<string?> GreetingAsync() => (await _stage.HerokuAsync("/apps/sushi/config-vars"))["GREETING"]?.GetValue<string>();

    private async Task<string> CopyAsync()
    {
        var tip = await _stage.GitHubAsync(HttpMethod.Get, "/repos/zupo/sushi/git/ref/release-journals/sushi-pr3");
        var note = await _stage.GitHubAsync(HttpMethod.Get, $"/repos/zupo/sushi/git/commits/{tip["object"]!["sha"]}");
        return note["message"]!.GetValue<string>();
    }
}
