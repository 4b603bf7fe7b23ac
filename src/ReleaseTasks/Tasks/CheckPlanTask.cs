using Cake.Frosting;

namespace ReleaseTasks.Tasks;

/// <summary>Lints the plan: what is missing, dangerous or contradictory.</summary>
[TaskName("CheckPlan")]
[TaskDescription("Check the roll-out plan in the pull request's description")]
public sealed class CheckPlanTask : AsyncFrostingTask<ReleaseContext>
{
    public override Task RunAsync(ReleaseContext context) => context.CheckPlanAsync();
}
