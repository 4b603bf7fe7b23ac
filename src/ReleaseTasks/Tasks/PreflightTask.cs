using Cake.Frosting;

namespace ReleaseTasks.Tasks;

/// <summary>Asks every gate and shows all refusals together; nothing has happened yet.</summary>
[TaskName("Preflight")]
[TaskDescription("Ask every gate whether the roll-out may begin")]
public sealed class PreflightTask : AsyncFrostingTask<ReleaseContext>
{
    public override Task RunAsync(ReleaseContext context) => context.PreflightAsync();
}
