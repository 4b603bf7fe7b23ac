using Cake.Frosting;
using ReleaseTasks.Running;

namespace ReleaseTasks.Tasks;

/// <summary>Opens the app again, if it was this roll-out that closed it.</summary>
[TaskName("MaintenanceOff")]
[TaskDescription("Open the app to visitors again")]
[IsDependentOn(typeof(ReleaseTask))]
public sealed class MaintenanceOffTask : AsyncFrostingTask<ReleaseContext>
{
    public override Task RunAsync(ReleaseContext context) => context.RollOutAsync(Station.MaintenanceOff);
}
