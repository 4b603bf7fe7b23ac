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
        Assert.That(run.Output, Does.Contain("gate 'objections' is closed"));
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
