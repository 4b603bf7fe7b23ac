namespace ReleaseTasks.GitHub;

/// <summary>A deployment to record.</summary>
/// <param name="Commit">What is deployed: the merge commit.</param>
/// <param name="Environment">Such as <c>production</c>.</param>
/// <param name="Task">Tells ours from the one that a workflow's <c>environment:</c> creates by itself.</param>
/// <param name="Description">Shown on GitHub, cut to its 140 characters.</param>
public sealed record NewDeployment(CommitSha Commit, string Environment, string Task, string Description);

public enum DeploymentState
{
    Queued,
    Pending,
    InProgress,
    Success,
    Failure,
    Error,
    Inactive,
}
