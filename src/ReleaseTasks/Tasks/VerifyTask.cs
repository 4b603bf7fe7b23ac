using Cake.Frosting;

namespace ReleaseTasks.Tasks;

/// <summary>Judges the new release: good, bad or inconclusive.</summary>
[TaskName("Verify")]
[TaskDescription("Look at logs, errors and the app itself: is the release good?")]
[IsDependentOn(typeof(DeployTask))]
public sealed class VerifyTask : AsyncFrostingTask<ReleaseContext>
{
    public override Task RunAsync(ReleaseContext context) => context.VerifyAsync();
}
