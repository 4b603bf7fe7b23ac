using Cake.Frosting;

namespace ReleaseTasks.Tasks;

/// <summary>Removes what the roll-out created and is no longer needed, guarded.</summary>
[TaskName("Cleanup")]
[TaskDescription("Destroy the rollback database once its time has passed")]
public sealed class CleanupTask : AsyncFrostingTask<ReleaseContext>
{
    public override Task RunAsync(ReleaseContext context) => context.CleanUpAsync();
}
