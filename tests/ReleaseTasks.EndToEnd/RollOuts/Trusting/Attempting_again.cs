using ReleaseTasks.EndToEnd.RollOuts.Undoing;
using ReleaseTasks.Sandbox;

namespace ReleaseTasks.EndToEnd.RollOuts.Trusting;

/// <summary>After a rollback the same pull request may be rolled out again, as a roll-out of its own.</summary>
[Platform(Exclude = "Win")]
public sealed class Attempting_again
{
    [Test]
    public async Task Begins_a_roll_out_of_its_own()
    {
        await using var scene = await Scene.SimulatedAsync(new Fault { On = "PUT /api/v3/repos/*/*/pulls/*/merge", Do = "answer", Status = 422 });
        Assert.That((await scene.DeployAsync()).ExitCode, Is.EqualTo(1));
        var undone = await scene.RollBackAsync();
        Assert.That(undone.ExitCode, Is.Zero, undone.ToString());

        var locked = await scene.DeployAsync();
        var unlocked = await scene.RunAsync("--target=Unlock", "--reason=the branch rule is put right");
        var deployed = await scene.DeployAsync();
        var status = await scene.RunAsync("--target=Status", "--pr=3");

        Assert.That((locked.ExitCode, unlocked.ExitCode, deployed.ExitCode), Is.EqualTo((3, 0, 0)), $"{locked}{unlocked}{deployed}");
        Assert.That(locked.Output, Does.Contain("gate 'lock' is closed"));
        Assert.That(unlocked.Output, Does.Contain("Next: ./build.sh --target=Deploy --pr=3"));
        Assert.That(deployed.Output, Does.Contain("sushi-pr3-2 is finished"));
        Assert.That(status.Output, Does.Contain("sushi-pr3-2 is finished"));
        Assert.That((await Sushi.OfAsync(scene)).Addons, Does.Contain("sushi-pr3-2-rollback").And.Not.Contain("sushi-pr3-rollback"));
        Assert.That(File.Exists(scene.PathOf(".release", "sandbox", "sushi-pr3-2", "journal.jsonl")));

        var back = await scene.RollBackAsync("--schema=promote");

        Assert.That(back.Output, Does.Contain("sushi-pr3-2 was rolled back."), back.ToString());
        Assert.That((await Sushi.OfAsync(scene)).Slug, Is.EqualTo(scene.FirstSlug));
    }

    [Test]
    public async Task Is_refused_once_it_is_merged()
    {
        await using var scene = await Scene.SimulatedAsync();
        await scene.ProposeAsync(Descriptions.CodeOnly, new Dictionary<string, string> { ["README.md"] = "sushi" });
        Assert.That((await scene.DeployAsync()).ExitCode, Is.Zero);
        Assert.That((await scene.RollBackAsync()).ExitCode, Is.Zero);
        await scene.RunAsync("--target=Unlock", "--reason=seen");
        var before = await scene.LookAsync();

        var refused = await scene.DeployAsync();

        Assert.That(refused.ExitCode, Is.EqualTo(2), refused.ToString());
        Assert.That(refused.Errors, Does.Contain($"#{scene.PullRequest} is merged already: a pull request that reverts it comes first. Open a new pull request for the next attempt."));
        Assert.That(await scene.LookAsync(), Is.EqualTo(before));
    }

    [Test]
    public async Task Takes_no_earlier_tick_for_a_persons_word()
    {
        await using var scene = await Scene.SimulatedAsync();
        await scene.ProposeAsync(Descriptions.Asking, new Dictionary<string, string> { ["README.md"] = "sushi" });
        Assert.That((await scene.DeployAsync("--manual-timeout=00:00:01")).ExitCode, Is.EqualTo(5));
        await scene.TickAsync("tell the team");
        Assert.That((await scene.DeployAsync("--manual-timeout=00:00:05")).ExitCode, Is.EqualTo(5), "the second person is waited for");
        var undone = await scene.RollBackAsync();
        Assert.That(undone.ExitCode, Is.Zero, undone.ToString());
        await scene.RunAsync("--target=Unlock", "--reason=seen");

        var again = await scene.DeployAsync("--manual-timeout=00:00:01");

        Assert.That(again.ExitCode, Is.EqualTo(5), again.ToString());
        Assert.That(again.Errors, Does.Contain("tell the team"));
        Assert.That((await scene.GitHubAsync(HttpMethod.Get, $"/repos/zupo/sushi/pulls/{scene.PullRequest}"))["body"]!.GetValue<string>(), Does.Contain("[ ] tell the team"));
    }
}
