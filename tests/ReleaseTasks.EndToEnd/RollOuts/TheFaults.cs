using ReleaseTasks.EndToEnd.RollOuts.Killing;
using ReleaseTasks.Sandbox.Serving;

namespace ReleaseTasks.EndToEnd.RollOuts;

/// <summary>
/// Each misfortune of the sandbox's catalogue, and how a roll-out ends under it: the new release whole, the old one untouched, or stopped with
/// a reason, in a state that the same command finishes. The exit code says which.
/// </summary>
[Platform(Exclude = "Win")]
public sealed class TheFaults
{
    private static readonly Example Rollout = Example.Complex;

    private string _start = "";
    private string _old = "";
    private string _new = "";

    /// <summary>How a roll-out ends.</summary>
    public enum End
    {
        /// <summary>Exit code 0, and the world is as if nothing had happened.</summary>
        New,

        /// <summary>Exit code 1, and visitors have what they had: neither merged nor released, and open.</summary>
        Old,

        /// <summary>Exit code 1; merged, and visitors have what they had.</summary>
        Merged,

        /// <summary>Exit code 1 in the middle; what was lost is looked up, never guessed.</summary>
        Stopped,
    }

    [OneTimeSetUp]
    public async Task Roll_out_undisturbed()
    {
        _start = await (await Arena.OpenAsync()).KeepAsync();
        await using var arena = await Arena.OpenAsync(_start);
        _old = await WorldSnapshot.OfAsync(arena, Rollout.PullRequest);
        var run = await arena.RunAsync(Rollout.Deploy);
        Assert.That(run.ExitCode, Is.Zero, run.ToString());
        _new = await WorldSnapshot.OfAsync(arena, Rollout.PullRequest);
    }

    [OneTimeTearDown]
    public void Remove_the_start() => Directory.Delete(_start, recursive: true);

    // Turned away, asked again.
    [TestCase("PATCH /apps/sushi: answer status=429 retryAfter=1", End.New, "")]
    [TestCase("POST /apps/sushi/builds: answer status=429 retryAfter=1", End.New, "")]
    [TestCase("PUT /api/v3/repos/zupo/sushi/pulls/3/merge: answer status=429 retryAfter=1", End.New, "")]
    [TestCase("GET /apps/sushi/releases: answer status=503 times=2", End.New, "")]
    [TestCase("GET /api/v3/repos/zupo/sushi/pulls/3: answer status=502 times=2", End.New, "")]

    // Done, though the answer says otherwise or never came.
    [TestCase("PUT /api/v3/repos/zupo/sushi/pulls/3/merge: answer-after status=502", End.New, "")]
    [TestCase("POST /apps/sushi/addons: drop", End.New, "")]
    [TestCase("POST /apps/sushi/builds: drop-body", End.New, "")]
    [TestCase("PATCH /apps/sushi: answer-after status=500 times=2", End.New, "")]
    [TestCase("POST /api/v3/repos/zupo/sushi/git/refs: drop times=2", End.New, "")]
    [TestCase("PATCH /api/v3/repos/zupo/sushi/git/refs/*: drop", End.New, "")]
    [TestCase("GET /streams/*: drop", End.New, "")]

    // Not done, and nobody said so.
    [TestCase("POST /apps/sushi/addons: answer status=503", End.Old, "not done within 00:00:10: not created")]
    [TestCase("PATCH /apps/sushi: hang", End.Merged, "not done within 00:00:08")]
    [TestCase("PUT /api/v3/repos/zupo/sushi/pulls/3/merge: hang", End.Old, "not done within 00:00:08")]

    // Answers that nobody expects.
    [TestCase("POST /apps/sushi/builds: remove field=id", End.New, "")]
    [TestCase("PUT /api/v3/repos/zupo/sushi/pulls/3/merge: set field=merged value=false", End.New, "")]

    // Heroku's own works.
    [TestCase("provisioning: fail", End.Old, "Heroku gave sushi-pr3-rollback up")]
    [TestCase("provisioning: hang", End.Old, "not done within 00:00:10: sushi-pr3-rollback is provisioning")]
    [TestCase("transfer: fail", End.Old, "failed. Nothing else was changed")]
    [TestCase("transfer: hang", End.Old, "not done within 00:00:10")]
    [TestCase("build: fail", End.Merged, "still runs v53")]
    [TestCase("build: hang", End.Stopped, "not done within 00:00:10: building")]
    [TestCase("release phase: fail after=1", End.Stopped, "its release phase did not succeed")]
    [TestCase("release phase: hang after=1", End.Stopped, "not done within 00:00:10: v54: release phase is running")]
    public async Task End_a_roll_out_in_a_state_that_it_tells(string fault, End end, string reason)
    {
        await using var arena = await Arena.OpenAsync(_start, faults: [.. FaultScript.Parse(fault)]);

        var run = await arena.RunAsync([.. Rollout.Deploy, "--deadlines:change=00:00:08", "--deadlines:backup=00:00:10", "--deadlines:rollbackDatabase=00:00:10", "--deadlines:release=00:00:10"]);

        var world = await WorldSnapshot.OfAsync(arena, Rollout.PullRequest);
        Assert.That(run.ExitCode, Is.EqualTo(end == End.New ? 0 : 1), run.ToString());
        if (end == End.New)
        {
            Assert.That(world, Is.EqualTo(_new), run.ToString());
            return;
        }

        Assert.That(run.Output, Does.Contain($"sushi-pr3 is under way, and stopped: ").And.Contain(reason).And.Contain("Next: ./build.sh --target=Deploy"), run.ToString());
        Assert.That((Changed(world, "pull request", "commit"), Changed(world, "maintenance", "formation", "config var MYVAR")), Is.EqualTo((end != End.Old, end == End.Stopped)), $"{run}\n{world}");
    }

    // What passes by itself or is over once it has struck.
    [TestCase("POST /apps/sushi/addons: answer status=503")]
    [TestCase("PATCH /apps/sushi: hang")]
    [TestCase("PUT /api/v3/repos/zupo/sushi/pulls/3/merge: hang")]
    public async Task Leave_what_the_same_command_finishes(string fault)
    {
        await using var arena = await Arena.OpenAsync(_start, faults: [.. FaultScript.Parse(fault)]);
        Assert.That((await arena.RunAsync([.. Rollout.Deploy, "--deadlines:change=00:00:08"])).ExitCode, Is.EqualTo(1));

        var again = await arena.RunAsync(Rollout.Deploy);

        Assert.That(again.ExitCode, Is.Zero, again.ToString());
        Assert.That(await WorldSnapshot.OfAsync(arena, Rollout.PullRequest), Is.EqualTo(_new), again.ToString());
    }

    [TestCase("promote: half")]
    [TestCase("POST /apps/sushi/releases: drop")]
    [TestCase("POST /addon-attachments: answer-after status=500")]
    public async Task Do_not_keep_a_rollback_from_its_end(string fault)
    {
        await using var arena = await Arena.OpenAsync(_start, faults: [.. FaultScript.Parse(fault)]);
        Assert.That((await arena.RunAsync(Rollout.Deploy)).ExitCode, Is.Zero);

        var undone = await arena.RunAsync(Rollout.Rollback);
        var again = undone.ExitCode == 0 ? undone : await arena.RunAsync(Rollout.Rollback);

        Assert.That(again.ExitCode, Is.Zero, $"{undone}\n{again}");
        Assert.That(await WorldSnapshot.OfAsync(arena, Rollout.PullRequest), Does.Contain("attachment DATABASE → sushi-pr3-rollback").And.Contain("maintenance: false"));
    }

    private bool Changed(string world, params string[] what) => !Lines(_old, what).SequenceEqual(Lines(world, what));

    private static IEnumerable<string> Lines(string world, params string[] starts) =>
        world.Split('\n').Where(line => starts.Any(start => line.StartsWith(start, StringComparison.Ordinal)));
}
