using Cake.Frosting;
using ReleaseTasks.Running;

namespace ReleaseTasks.Tasks;

/// <summary>The whole roll-out: what people type.</summary>
[TaskName("Deploy")]
[TaskDescription("Carry out the whole roll-out")]
[IsDependentOn(typeof(MaintenanceOffTask))]
public sealed class DeployTask : AsyncFrostingTask<ReleaseContext>
{
    public override Task RunAsync(ReleaseContext context) => context.RollOutAsync(Station.Deploy);
}
