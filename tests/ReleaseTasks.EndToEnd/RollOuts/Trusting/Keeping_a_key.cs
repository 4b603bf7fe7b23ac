using ReleaseTasks.EndToEnd.RollOuts.Undoing;
using ReleaseTasks.Sandbox;

namespace ReleaseTasks.EndToEnd.RollOuts.Trusting;

/// <summary>The app's key for journals is made when somebody says so, and never on the way.</summary>
[Platform(Exclude = "Win")]
public sealed class Keeping_a_key
{
    private const string Key = "RELEASETASKS_KEY";

    [Test]
    public async Task Makes_one_once_and_another_only_when_told_to()
    {
        await using var scene = await Scene.SimulatedAsync();
        var before = await scene.LookAsync();

        var unsaid = await scene.RunAsync("--target=CreateJournalKey");
        var unchanged = await scene.LookAsync();
        var made = await scene.RunAsync("--target=CreateJournalKey", "--confirm=sushi");
        var first = (await Sushi.OfAsync(scene)).ConfigVars[Key];
        var again = await scene.RunAsync("--target=CreateJournalKey", "--confirm=sushi");
        var same = (await Sushi.OfAsync(scene)).ConfigVars[Key];
        var replaced = await scene.RunAsync("--target=CreateJournalKey", "--replace", "--confirm=sushi");
        var second = (await Sushi.OfAsync(scene)).ConfigVars[Key];

        Assert.That((unsaid.ExitCode, made.ExitCode, again.ExitCode, replaced.ExitCode), Is.EqualTo((2, 0, 0, 0)), $"{unsaid}{made}{again}{replaced}");
        Assert.That(unsaid.Output + unsaid.Errors, Does.Contain("a release, which restarts the dynos").And.Contain("--target=CreateJournalKey --confirm=sushi"));
        Assert.That(unchanged, Is.EqualTo(before));
        Assert.That((first, second), Is.EqualTo((same, second)).And.Not.EqualTo((second, second)));
        Assert.That(first, Does.Match("^[0-9a-f]{64}$"));
        Assert.That(made.Output + again.Output + replaced.Output, Does.Not.Contain(first).And.Not.Contain(second).And.Contain("are evidence only from then on"));
        Assert.That((await scene.RunAsync("--target=Status")).Output, Does.Not.Contain("is locked by"));
    }

    [TestCase("cut-power-before")]
    [TestCase("cut-power")]
    public async Task Is_made_by_the_same_command_after_a_death_at_the_change(string death)
    {
        await using var scene = await Scene.SimulatedAsync(new Fault { On = "PATCH /apps/*/config-vars", Do = death });

        var died = await scene.RunAsync("--target=CreateJournalKey", "--confirm=sushi");
        var again = await scene.RunAsync("--target=CreateJournalKey", "--confirm=sushi");
        var deployed = await scene.DeployAsync();

        Assert.That((died.ExitCode, again.ExitCode), Is.EqualTo((Killing.Death.ExitCode, 0)), $"{died}{again}");
        Assert.That((await Sushi.OfAsync(scene)).ConfigVars[Key], Does.Match("^[0-9a-f]{64}$"));
        Assert.That(deployed.ExitCode, Is.Zero, "the app isn't locked" + deployed);
    }

    [Test]
    public async Task Waits_for_the_roll_out_that_is_under_way()
    {
        await using var scene = await Scene.SimulatedAsync(new Fault { On = "POST /apps/*/builds", Do = "answer", Status = 422 });
        Assert.That((await scene.DeployAsync()).ExitCode, Is.EqualTo(1));
        var before = await scene.LookAsync();

        var refused = await scene.RunAsync("--target=CreateJournalKey", "--confirm=sushi");

        Assert.That(refused.ExitCode, Is.EqualTo(3), refused.ToString());
        Assert.That(refused.Errors, Does.Contain("sushi-pr3 is under way. Nothing was changed."));
        Assert.That(await scene.LookAsync(), Is.EqualTo(before));
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task Lasts_through_a_rollback_to_a_release_from_before_it(bool hadAnother)
    {
        await using var scene = await Scene.SimulatedAsync();
        if (hadAnother)
        {
            await scene.MakeKeyAsync();
        }

        await scene.ProposeAsync(Descriptions.ConfigVar, new Dictionary<string, string> { ["README.md"] = "sushi" });
        var before = await Sushi.OfAsync(scene);
        Assert.That((await scene.DeployAsync()).ExitCode, Is.Zero);
        var key = await scene.MakeKeyAsync();

        var undone = await scene.RollBackAsync();

        var after = await Sushi.OfAsync(scene);
        Assert.That(undone.ExitCode, Is.Zero, undone.ToString());
        Assert.That(after.ConfigVars[Key], Is.EqualTo(key), "who may go on elsewhere doesn't change with the code");
        Assert.That(after.OwnConfigVars.Where(v => v.Key != Key), Is.EqualTo(before.OwnConfigVars.Where(v => v.Key != Key)));
        Assert.That(undone.Output, Does.Not.Contain(key));
    }

    [Test]
    public async Task Fingerprints_config_vars_with_it()
    {
        await using var scene = await Scene.SimulatedAsync();
        await scene.MakeKeyAsync();
        await scene.ProposeAsync(Descriptions.ConfigVar, new Dictionary<string, string> { ["README.md"] = "sushi" });
        Assert.That((await scene.DeployAsync()).ExitCode, Is.Zero);

        var app = (await scene.HerokuAsync("/apps/sushi"))["id"]!.GetValue<string>();
        var weak = Convert.ToHexStringLower(System.Security.Cryptography.HMACSHA256.HashData(System.Text.Encoding.UTF8.GetBytes(app), "99"u8))[..16];
        Assert.That((await scene.CopiesAsync())[0].Text, Does.Contain("PAGE_SIZE").And.Not.Contain(weak), "whoever may view the app could try out guesses");
    }
}
