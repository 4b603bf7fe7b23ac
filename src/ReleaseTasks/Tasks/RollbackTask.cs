using Cake.Frosting;

namespace ReleaseTasks.Tasks;

/// <summary>Undoes what the journal says was done, and says first what will be lost.</summary>
[TaskName("Rollback")]
[TaskDescription("Undo this roll-out")]
public sealed class RollbackTask : AsyncFrostingTask<ReleaseContext>
{
    public override Task RunAsync(ReleaseContext context) => context.RollBackAsync();
}
