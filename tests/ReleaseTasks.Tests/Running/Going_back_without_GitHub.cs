using ReleaseTasks.Running;
using ReleaseTasks.Sandbox;

namespace ReleaseTasks.Tests.Running;

/// <summary>GitHub holds the lock and the journal's copy, and may be down on the very evening.</summary>
public sealed class Going_back_without_GitHub
{
    private const string Plan = """
        **Original issue**: #3 greeting
        **Downsides**: None
        **Risks**: None
        **Assistants**: None
        **Backing services**: one config var
        **Backup steps**: None

        **Deployment steps**:
          1. [ ] `heroku config:set GREETING=hello`
          2. [ ] Merge PR into master

        ## Verification plan
          1. [ ] check the greeting

        ## Rollback
          1. [ ] `heroku config:unset GREETING`
          2. [ ] `heroku rollback vXX`
        """;

    [Test]
    public async Task Is_refused_with_the_command_that_goes_back_all_the_same_and_the_copy_catches_up()
    {
        await using var stage = await Stage.SetAsync(Hastily);
        await stage.GitHubAsync(HttpMethod.Patch, "/repos/zupo/sushi/pulls/3", new { body = Plan });
        await stage.RunAsync(run => run.RollOutAsync(Station.Deploy, default), ("without-github", "true")); // is for a rollback alone: this leaves a copy
        var copied = await CopyAsync(stage);

        var back = await stage.CutOffGitHubAsync();
        var refused = await Assert.ThrowsAsync<StepFailedException>(() => stage.RunAsync(run => run.RollBackAsync(default), ("confirm", "sushi"), ("schema", "downgrade")));

        Assert.That(refused!.Message, Does.EndWith("and this can't wait: ./build.sh --target=Rollback --confirm=sushi --without-github").And.Contain("Nothing was undone by this run"));
        Assert.That(await GreetingAsync(stage), Is.EqualTo("hello"));

        var printed = await stage.RunAsync(run => run.RollBackAsync(default), ("confirm", "sushi"), ("schema", "downgrade"), ("without-github", "true"));

        Assert.That(await GreetingAsync(stage), Is.Null);
        Assert.That(printed, Does.Contain("!! The merge"));

        await back();
        Assert.That(await CopyAsync(stage), Is.EqualTo(copied), "GitHub heard nothing of it yet");
        await stage.RunAsync(
            async run =>
            {
                await run.RollBackAsync(default);
                await run.EndAsync(ExitCode.Done);
            },
            ("confirm", "sushi"));
        Assert.That(await CopyAsync(stage), Does.StartWith(copied).And.Contain("\"rollback-finished\""));
    }

    [Test]
    public async Task Needs_this_checkouts_own_journal()
    {
        await using var stage = await Stage.SetAsync(usual => usual with { SimulateDatabases = true });

        var refused = await Assert.ThrowsAsync<RefusedException>(() => stage.RunAsync(run => run.RollBackAsync(default), ("confirm", "sushi"), ("without-github", "true")));

        Assert.That(refused!.Message, Is.EqualTo("This checkout doesn't remember a roll-out of sushi: there is nothing to undo. Nothing was changed."));
    }

    /// <summary>GitHub is asked several times before it counts as down: the pauses between go by the sandbox's clock.</summary>
    private static SandboxOptions Hastily(SandboxOptions usual) => usual with { Speed = 60 };

    private static async Task<string?> GreetingAsync(Stage stage) => (string?)(await stage.HerokuAsync("/apps/sushi/config-vars"))["GREETING"];

    private static async Task<string> CopyAsync(Stage stage)
    {
        var copy = await stage.GitHubAsync(HttpMethod.Get, "/repos/zupo/sushi/git/ref/release-journals/sushi-pr3");
        var note = await stage.GitHubAsync(HttpMethod.Get, $"/repos/zupo/sushi/git/commits/{copy["object"]!["sha"]}");
        return note["message"]!.GetValue<string>();
    }
}
