using Cake.Frosting;
using ReleaseTasks.Running;

namespace ReleaseTasks.Tasks;

/// <summary>Builds the merge commit and follows its release until it succeeded or failed.</summary>
[TaskName("Release")]
[TaskDescription("Make the merge commit a release and follow its release phase")]
[IsDependentOn(typeof(MaintenanceOnTask))]
public sealed class ReleaseTask : AsyncFrostingTask<ReleaseContext>
{
    public override Task RunAsync(ReleaseContext context) => context.RollOutAsync(Station.Release);
}
