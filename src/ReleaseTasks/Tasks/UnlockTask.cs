using Cake.Frosting;

namespace ReleaseTasks.Tasks;

/// <summary>Takes a dead lock away: a person has looked, and says why.</summary>
[TaskName("Unlock")]
[TaskDescription("Free an app whose roll-out is dead, with --reason")]
public sealed class UnlockTask : AsyncFrostingTask<ReleaseContext>
{
    public override Task RunAsync(ReleaseContext context) => context.UnlockAsync();
}
