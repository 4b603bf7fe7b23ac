using ReleaseTasks.Sandbox;

namespace ReleaseTasks.EndToEnd.RollOuts.Killing;

/// <summary>The machine is gone with everything that the roll-out wrote there; GitHub has the journal.</summary>
[Platform(Exclude = "Win")]
public sealed class Going_on_elsewhere
{
    private static readonly Example Rollout = Example.Complex;

    [TestCase("POST /apps/sushi/addons")]
    [TestCase("PUT /api/v3/repos/zupo/sushi/pulls/3/merge")]
    [TestCase("POST /apps/sushi/builds")]
    public async Task Finishes_what_another_machine_began(string diedAt)
    {
        var log = new RequestLog();
        await using var arena = await Arena.OpenAsync(null, log.WriteAsync, CutPowerAt(diedAt));
        await MakeKeyAsync(arena);
        await DieAsync(arena);
        await LoseTheMachineAsync(arena);

        var resumed = await arena.RunAsync("--target=Deploy");

        Assert.That(resumed.ExitCode, Is.Zero, resumed.ToString());
        Assert.That(log.Changes.Count(request => request == diedAt), Is.EqualTo(1), $"once in both lives\n{resumed}");
        Assert.That(resumed.Output, Does.Contain("sushi-pr3 is finished"));
    }

    [Test]
    public async Task Undoes_what_another_machine_did()
    {
        await using var arena = await Arena.OpenAsync();
        await MakeKeyAsync(arena);
        var deployed = await arena.RunAsync(Rollout.Deploy);
        Assert.That(deployed.ExitCode, Is.Zero, deployed.ToString());
        await LoseTheMachineAsync(arena);

        var undone = await arena.RunAsync(Rollout.Rollback);

        Assert.That(undone.ExitCode, Is.Zero, undone.ToString());
        Assert.That(undone.Output, Does.Contain("sushi-pr3 was rolled back."));
        Assert.That(await WorldSnapshot.OfAsync(arena, 3), Does.Contain("attachment DATABASE → sushi-pr3-rollback").And.Contain("maintenance: false"));
    }

    [Test]
    public async Task Is_stopped_where_the_roll_out_went_on_in_two_places()
    {
        await using var arena = await Arena.OpenAsync(faults: CutPowerAt("POST /apps/sushi/builds"));
        await MakeKeyAsync(arena);
        await DieAsync(arena);
        var mine = arena.PathOf(".release", "sandbox", "sushi-pr3", "journal.jsonl");
        await File.AppendAllTextAsync(mine, """{"event":"stopped","why":"a word that never reached GitHub","v":1,"at":"2026-11-23T09:00:00+00:00"}""" + "\n");
        var diverged = await File.ReadAllTextAsync(mine);
        await LoseTheMachineAsync(arena);
        Assert.That((await arena.RunAsync("--target=Deploy")).ExitCode, Is.Zero);
        await File.WriteAllTextAsync(mine, diverged);

        var run = await arena.RunAsync("--target=Rollback", "--confirm=sushi");

        Assert.That(run.ExitCode, Is.EqualTo(1), run.ToString());
        Assert.That(run.Errors, Does.Contain("its copy on GitHub, refs/release-journals/sushi-pr3, differ from line").And.Contain("Nothing was changed."));
    }

    [Test]
    public async Task Leaves_no_secret_on_GitHub()
    {
        await using var arena = await Arena.OpenAsync();
        await MakeKeyAsync(arena);
        Assert.That((await arena.RunAsync(Rollout.Deploy)).ExitCode, Is.Zero);

        var copies = await Command.RunAsync("/", "git", ["-C", arena.PathOf(".sandbox", "git", "zupo", "sushi.git"), "log", "--format=%B", "refs/release-journals/sushi-pr3"], default);

        Assert.That(copies.Output, Does.Contain("rollout-finished").And.Contain("create-rollback-database"));
        Assert.That(copies.Output, Does.Not.Contain(arena.MyVar).And.Not.Contain(arena.ConfigVar("RELEASETASKS_KEY")));
    }

    /// <summary>Without one, whoever may push could have written the copy.</summary>
    private static async Task MakeKeyAsync(Arena arena)
    {
        var made = await arena.RunAsync("--target=CreateJournalKey", "--confirm=sushi");
        Assert.That(made.ExitCode, Is.Zero, made.ToString());
    }

    private static Fault CutPowerAt(string request) => new() { On = request, Do = "cut-power" };

    private static async Task DieAsync(Arena arena)
    {
        var run = await arena.RunAsync(Rollout.Deploy);
        Assert.That(run.ExitCode, Is.EqualTo(Death.ExitCode), run.ToString());
    }

    /// <summary>Whoever saw the machine die frees the app; nobody else would for five minutes.</summary>
    private static async Task LoseTheMachineAsync(Arena arena)
    {
        Directory.Delete(arena.PathOf(".release"), recursive: true);
        var unlocked = await arena.RunAsync("--target=Unlock", "--reason=the machine is gone");
        Assert.That(unlocked.ExitCode, Is.Zero, unlocked.ToString());
    }
}
