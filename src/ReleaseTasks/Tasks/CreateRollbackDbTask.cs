using Cake.Frosting;
using ReleaseTasks.Running;

namespace ReleaseTasks.Tasks;

/// <summary>Creates the database of the moment before the roll-out, which a rollback promotes.</summary>
[TaskName("CreateRollbackDb")]
[TaskDescription("Create the rollback database and wait until it is available")]
[IsDependentOn(typeof(BackupTask))]
public sealed class CreateRollbackDbTask : AsyncFrostingTask<ReleaseContext>
{
    public override Task RunAsync(ReleaseContext context) => context.RollOutAsync(Station.CreateRollbackDb);
}
