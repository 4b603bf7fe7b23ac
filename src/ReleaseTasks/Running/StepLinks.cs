using ReleaseTasks.Journals;
using ReleaseTasks.Steps;

namespace ReleaseTasks.Running;

/// <summary>When a step was done and where that can be seen, for the line behind its box.</summary>
/// <param name="app">The app on Heroku's dashboard.</param>
/// <param name="pullRequest">The address of the pull request, and so of its repository.</param>
internal sealed class StepLinks(string app, Uri pullRequest)
{
    private const string Dashboard = "https://dashboard.heroku.com/apps/";
    private const string Databases = "https://data.heroku.com/datastores/";

    /// <summary><c>2026-11-23 09:30 UTC, [v52 of de63889 is current](https://…)</c></summary>
    public string Note(StepRecord done)
    {
        var evidence = done.Evidence?.Replace('[', '(').Replace(']', ')') ?? "done";
        return $"{done.FinishedAt:yyyy-MM-dd HH:mm} UTC, {(LinkOf(done) is { } link ? $"[{evidence}]({link})" : evidence)}{(done.Simulated ? " (simulated)" : "")}";
    }

    private string? LinkOf(StepRecord done) => done.Name switch
    {
        MergePullRequest.StepName when done.AfterAs<MergePullRequest.Merged>() is { } merged => $"{Repository}/commit/{merged.Commit}",
        ReleaseCommit.StepName when done.AfterAs<ReleaseCommit.Released>() is { } released => $"{Dashboard}{app}/activity/releases/{released.Id}",
        BackUpDatabase.StepName => $"{Databases}{done.BeforeAs<BackUpDatabase.Before>().AddonId}#durability",
        CreateRollbackDatabase.StepName when done.AfterAs<CreateRollbackDatabase.Created>() is { } created => $"{Databases}{created.Id}",
        var name when name.StartsWith("config-", StringComparison.Ordinal) || name.StartsWith("roll-back:", StringComparison.Ordinal) => $"{Dashboard}{app}/activity",
        _ => null,
    };

    private string Repository => pullRequest.AbsoluteUri.Split("/pull/")[0];
}
