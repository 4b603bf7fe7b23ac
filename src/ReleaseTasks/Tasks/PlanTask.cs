using Cake.Frosting;

namespace ReleaseTasks.Tasks;

/// <summary>Shows what <c>Deploy</c> would do now, with the values it would change; changes nothing.</summary>
[TaskName("Plan")]
[TaskDescription("Show every effect that Deploy would have now")]
public sealed class PlanTask : AsyncFrostingTask<ReleaseContext>
{
    public override Task RunAsync(ReleaseContext context) => context.PreviewAsync();
}
