using Cake.Frosting;

namespace ReleaseTasks.Tasks;

/// <summary>Runs the stand-ins in the foreground; other targets use them meanwhile.</summary>
[TaskName("Sandbox")]
[TaskDescription("Run the local stand-ins for Heroku and GitHub until Ctrl-C")]
public sealed class SandboxTask : AsyncFrostingTask<ReleaseContext>
{
    public override Task RunAsync(ReleaseContext context) => context.ServeSandboxAsync();
}
