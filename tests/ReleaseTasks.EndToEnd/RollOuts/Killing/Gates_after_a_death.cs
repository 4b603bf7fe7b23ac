using ReleaseTasks.Sandbox;
using ReleaseTasks.Sandbox.Sample;

namespace ReleaseTasks.EndToEnd.RollOuts.Killing;

/// <summary>Somebody's later objection counts as long as the roll-out has only looked.</summary>
[Platform(Exclude = "Win")]
public sealed class Gates_after_a_death
{
    [Test]
    public async Task Are_asked_again_while_nothing_was_changed()
    {
        await using var arena = await DeadAtAsync("GET /client/v11/apps/sushi/transfers");
        Object(arena);

        var run = await arena.RunAsync(Example.Complex.Deploy);

        Assert.That(run.ExitCode, Is.EqualTo(3), run.ToString());
        Assert.That(run.Output, Does.Contain("gate 'objections' is closed").And.Not.Contain("when this roll-out began"), "it has begun nothing yet");
    }

    [Test]
    public async Task Are_previewed_as_they_will_be_asked()
    {
        await using var arena = await DeadAtAsync("GET /client/v11/apps/sushi/transfers");
        Object(arena);

        var preview = await arena.RunAsync("--target=Plan", $"--pr={Example.Complex.PullRequest}");

        Assert.That(preview.Output, Does.Contain("gate 'objections' is closed").And.Contain("Put that right, then: ./build.sh --target=Plan"), preview.ToString());
    }

    [Test]
    public async Task Are_not_asked_again_once_something_was_changed()
    {
        await using var arena = await DeadAtAsync("PUT /api/v3/repos/zupo/sushi/pulls/*/merge");
        Object(arena);

        var run = await arena.RunAsync(Example.Complex.Deploy);

        Assert.That(run.ExitCode, Is.Zero, run.ToString());
        Assert.That(run.Output, Does.Contain("None of the 18 gates is asked again."));
    }

    private static async Task<Arena> DeadAtAsync(string request)
    {
        var arena = await Arena.OpenAsync(faults: new Fault { On = request, Do = "cut-power" });
        var run = await arena.RunAsync(Example.Complex.Deploy);
        Assert.That(run.ExitCode, Is.EqualTo(Death.ExitCode), run.ToString());
        return arena;
    }

    private static void Object(Arena arena)
    {
        var github = arena.Sandbox.World.GitHub.World;
        var repository = github.FindRepository(SampleRepository.Owner, SampleRepository.Name)!;
        github.RequestChanges(repository.Issues.Single(issue => issue.Number == Example.Complex.PullRequest), "karantan", "Not today.");
    }
}
