using Cake.Frosting;
using Cake.Git;

namespace ReleaseTasks.Tasks;

/// <summary>Opens the pull request whose description is the plan, or brings it up to date.</summary>
[TaskName("CreatePullRequest")]
[TaskDescription("Open the pull request of this branch, or update it: asks for what it isn't told [--wip]")]
public sealed class CreatePullRequestTask : AsyncFrostingTask<ReleaseContext>
{
    public override Task RunAsync(ReleaseContext context) =>
        context.CreatePullRequestAsync(() => context.GitBranchCurrent(context.GitFindRootFromPath(context.Environment.WorkingDirectory)).FriendlyName);
}
