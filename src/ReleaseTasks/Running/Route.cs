using ReleaseTasks.Plans;

namespace ReleaseTasks.Running;

/// <summary>
/// Which station carries out which step of a plan. A station does its own kinds of steps; what stands between (a config var, a
/// one-off command, something by hand) is done on the way to the next station, or by <c>Deploy</c> when none is left.
/// </summary>
internal static class Route
{
    /// <summary>The plan's roll-out with what it implies, in the order in which it is carried out.</summary>
    public static IReadOnlyList<(Station Station, PlannedStep Step)> Of(RolloutPlan plan) =>
    [
        .. Stationed([.. plan.Backup, .. ImpliedBackups(plan)], last: Station.Backup)
            .Concat(Stationed([.. plan.Deployment.Where(step => !IsForLater(step)), .. ImpliedRelease(plan)], last: Station.Deploy))
            .OrderBy(leg => leg.Station),
    ];

    /// <summary>What <c>Cleanup</c> does once its time has passed.</summary>
    public static bool IsForLater(PlannedStep step) => step.Work is Work.DestroyAddon;

    private static IEnumerable<(Station Station, PlannedStep Step)> Stationed(IReadOnlyList<PlannedStep> steps, Station last)
    {
        var legs = new List<(Station, PlannedStep)>();
        var next = last;
        foreach (var step in steps.Reverse())
        {
            next = StationOf(step.Work) ?? next;
            legs.Add((next, step));
        }

        legs.Reverse();
        return legs;
    }

    private static Station? StationOf(Work work) => work switch
    {
        Work.BackUpConfigVar or Work.BackUpDatabase => Station.Backup,
        Work.CreateRollbackDatabase => Station.CreateRollbackDb,
        Work.NotifyUsers => Station.NotifyUsers,
        Work.MergePullRequest => Station.MergePullRequest,
        Work.MaintenanceOn => Station.MaintenanceOn,
        Work.Deploy => Station.Release,
        Work.MaintenanceOff => Station.MaintenanceOff,
        _ => null,
    };

    /// <summary>The procedure: "make sure that you took care of creating backups". Only an explicit <c>None</c> does without.</summary>
    private static IEnumerable<PlannedStep> ImpliedBackups(RolloutPlan plan) =>
        plan.Facts.NoBackup || plan.Backup.Any(step => step.Work is Work.BackUpDatabase)
            ? []
            : [new(new Work.BackUpDatabase(), "Back up the database")];

    /// <summary>"Deployment starts from merging": a plan that only merges means the release too.</summary>
    private static IEnumerable<PlannedStep> ImpliedRelease(RolloutPlan plan) =>
        plan.Deployment.Any(step => step.Work is Work.MergePullRequest) && !plan.Deployment.Any(step => step.Work is Work.Deploy)
            ? [new(new Work.Deploy(), "Release the merge commit")]
            : [];
}
