using Cake.Frosting;

namespace ReleaseTasks.Tasks;

/// <summary>Shows where the roll-out stands and the exact next command.</summary>
[TaskName("Status")]
[TaskDescription("Show where the roll-out stands and what is safe next")]
public sealed class StatusTask : AsyncFrostingTask<ReleaseContext>
{
    public override Task RunAsync(ReleaseContext context) => context.ShowStatusAsync();
}
