using Cake.Frosting;
using ReleaseTasks.Running;

namespace ReleaseTasks.Tasks;

/// <summary>Merges what was reviewed, and nothing that came later.</summary>
[TaskName("MergePullRequest")]
[TaskDescription("Merge the pull request at exactly the reviewed head")]
[IsDependentOn(typeof(NotifyUsersTask))]
public sealed class MergePullRequestTask : AsyncFrostingTask<ReleaseContext>
{
    public override Task RunAsync(ReleaseContext context) => context.RollOutAsync(Station.MergePullRequest);
}
