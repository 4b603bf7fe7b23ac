using Cake.Frosting;
using ReleaseTasks.Running;

namespace ReleaseTasks.Tasks;

/// <summary>Tells the end users, where the plan asks for it.</summary>
[TaskName("NotifyUsers")]
[TaskDescription("Tell the end users what is about to change")]
[IsDependentOn(typeof(CreateRollbackDbTask))]
public sealed class NotifyUsersTask : AsyncFrostingTask<ReleaseContext>
{
    public override Task RunAsync(ReleaseContext context) => context.RollOutAsync(Station.NotifyUsers);
}
