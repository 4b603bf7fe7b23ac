using Cake.Frosting;
using ReleaseTasks.Running;

namespace ReleaseTasks.Tasks;

/// <summary>Saves what undoing will need, before anything is changed.</summary>
[TaskName("Backup")]
[TaskDescription("Save config vars, current release, schema revision and database")]
[IsDependentOn(typeof(PreflightTask))]
public sealed class BackupTask : AsyncFrostingTask<ReleaseContext>
{
    public override Task RunAsync(ReleaseContext context) => context.RollOutAsync(Station.Backup);
}
