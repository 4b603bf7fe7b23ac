using Cake.Common.Diagnostics;
using Cake.Core;
using Cake.Frosting;
using ReleaseTasks;
using ReleaseTasks.Tasks;

return new CakeHost().UseReleaseTasks().RunReleaseTasks(args);

/// <summary>DMON's dashboards cache for an hour: whoever watches the roll-out should know.</summary>
[TaskName("WarnDashboards")]
[TaskDescription("Say that the dashboards lag behind")]
[IsDependeeOf(typeof(MaintenanceOnTask))]
public sealed class WarnDashboardsTask : FrostingTask
{
    public override void Run(ICakeContext context) => context.Information("The dashboards show the old release for up to an hour.");
}
