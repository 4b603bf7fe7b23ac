using Cake.Frosting;
using ReleaseTasks.Running;

namespace ReleaseTasks.Tasks;

/// <summary>Closes the app to visitors while the release changes it.</summary>
[TaskName("MaintenanceOn")]
[TaskDescription("Close the app to visitors")]
[IsDependentOn(typeof(MergePullRequestTask))]
public sealed class MaintenanceOnTask : AsyncFrostingTask<ReleaseContext>
{
    public override Task RunAsync(ReleaseContext context) => context.RollOutAsync(Station.MaintenanceOn);
}
