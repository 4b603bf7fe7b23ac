using ReleaseTasks.Sandbox;
using ReleaseTasks.Sandbox.Sample;

namespace ReleaseTasks.EndToEnd.RollOuts.Killing;

/// <summary>One of the release procedure's examples, as a world in which it is ready to be rolled out.</summary>
internal sealed record Example(string Name, int PullRequest, Func<SandboxServer, Task> PrepareAsync)
{
    /// <summary>"Increase navbar width": merge and release, nothing else.</summary>
    public static Example Simple { get; } = new("Example 1", 4, ProposeWiderNavigationAsync);

    /// <summary>"Remove username": rollback database, config var, migration, maintenance.</summary>
    public static Example Complex { get; } = new("Example 2", 3, _ => Task.CompletedTask);

    public IReadOnlyList<string> Deploy => ["--target=Deploy", $"--pr={PullRequest}"];

    public IReadOnlyList<string> Rollback => ["--target=Rollback", $"--pr={PullRequest}", "--confirm=sushi"];

    public override string ToString() => Name;

    private static async Task ProposeWiderNavigationAsync(SandboxServer sandbox)
    {
        const string Web = "sushi/web.py";
        var github = sandbox.World.GitHub.World;
        var repository = github.FindRepository(SampleRepository.Owner, SampleRepository.Name)!;
        var wider = SampleFiles.Master[Web].Replace("width: 60rem", "width: 70rem", StringComparison.Ordinal);
        await github.CommitAsync(repository, "even-wider", new Dictionary<string, string?> { [Web] = wider }, "Widen the navbar again", "zupo", CancellationToken.None);
        var description = SampleFiles.WiderNavigation.Replace("[x]", "[ ]", StringComparison.Ordinal);
        var pull = await github.OpenPullRequestAsync(repository, "zupo", "even-wider", "master", "increase navbar width", description, CancellationToken.None);
        github.Approve(pull, "dz0ny");
        github.Approve(pull, "karantan");
    }
}
