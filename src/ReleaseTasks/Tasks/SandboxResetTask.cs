using Cake.Frosting;

namespace ReleaseTasks.Tasks;

/// <summary>Throws the sandbox's world away.</summary>
[TaskName("SandboxReset")]
[TaskDescription("Put the sandbox's sample world back to its start")]
public sealed class SandboxResetTask : AsyncFrostingTask<ReleaseContext>
{
    public override Task RunAsync(ReleaseContext context) => context.ResetSandboxAsync();
}
