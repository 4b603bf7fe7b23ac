using Cake.Frosting;

namespace ReleaseTasks.Tasks;

/// <summary>A whole roll-out, its verification and its rollback, on a sandbox that is thrown away.</summary>
[TaskName("Rehearse")]
[TaskDescription("Carry out the plan and its rollback on a sandbox of its own")]
public sealed class RehearseTask : AsyncFrostingTask<ReleaseContext>
{
    public override Task RunAsync(ReleaseContext context) => context.RehearseAsync();
}
