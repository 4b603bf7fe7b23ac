using ReleaseTasks.Plans;

namespace ReleaseTasks.Running;

/// <summary>A plan's rollback strategy beside what this program would do: where they differ, the operator should know before it burns.</summary>
internal static class WrittenRollback
{
    /// <summary>What going back takes if the roll-out goes as planned, in the order in which it is done.</summary>
    public static IReadOnlyList<Work> Expected(RolloutPlan plan)
    {
        var works = plan.RollOut.Select(step => step.Work).ToList();
        var database = works.OfType<Work.CreateRollbackDatabase>().Any();
        var promotes = database || works.OfType<Work.PromoteDatabase>().Any();
        var written = plan.Rollback.Select(step => step.Work).ToList();
        return
        [
            .. database ? [] : written.OfType<Work.AlembicDowngrade>().Take(1),
            .. works.Any(work => work is Work.Deploy or Work.MergePullRequest) ? [new Work.RollBackRelease()] : (Work[])[],
            .. promotes ? [written.OfType<Work.PromoteDatabase>().FirstOrDefault() ?? new Work.PromoteDatabase("")] : (Work[])[],
            .. works.Select(work => work.ChangedVar).OfType<string>()
                .Concat(written.OfType<Work.RestoreConfigVar>().Select(work => work.Name).Where(name => works.Contains(new Work.BackUpConfigVar(name))))
                .Distinct().Select(name => new Work.RestoreConfigVar(name)),
        ];
    }

    /// <summary>One line each; none where the plan says what is done, in that order.</summary>
    public static IReadOnlyList<string> Differences(IReadOnlyList<PlannedStep> written, IReadOnlyList<Work> computed) =>
    [
        .. written.Select(step => Difference(step, computed.FirstOrDefault(work => KeyOf(work) is { } key && key == KeyOf(step.Work)))).OfType<string>(),
        .. computed.Where(work => !written.Any(step => KeyOf(step.Work) == KeyOf(work))).Select(work => $"not in the plan, but done: {Words(work)}"),
        .. OrderDifference(written, computed),
    ];

    private static string? Difference(PlannedStep written, Work? computed) => (written.Work, computed) switch
    {
        (Work.CheckByHand or Work.Manual or Work.NotifyUsers, _) => $"left to you: {written.Title}",
        (Work.MaintenanceOn or Work.MaintenanceOff or Work.Scale, _) => null,
        (_, null) => $"in the plan, but not needed as things stand: {written.Title}",
        (Work.RollBackRelease { Version: { } said }, Work.RollBackRelease { Version: { } found }) when said != found =>
            $"the plan says v{said}; it goes back to v{found}, which was current when the roll-out began",
        (Work.PromoteDatabase said, Work.PromoteDatabase done) when said.Database != done.Database =>
            $"the plan says pg:promote {said.Database}; it makes {done.Database} the primary, as what was read asks for",
        (Work.AlembicDowngrade said, Work.AlembicDowngrade found) when said.Revision != found.Revision =>
            $"the plan says alembic downgrade {said.Revision}; it goes back to {found.Revision}, which was found when the roll-out began",
        _ => null,
    };

    private static IEnumerable<string> OrderDifference(IReadOnlyList<PlannedStep> written, IReadOnlyList<Work> computed)
    {
        var said = written.Select(step => step.Work).Where(work => computed.Any(other => KeyOf(work) is { } key && key == KeyOf(other))).DistinctBy(KeyOf).ToList();
        var done = computed.Where(work => said.Any(other => KeyOf(work) == KeyOf(other))).ToList();
        if (!said.Select(KeyOf).SequenceEqual(done.Select(KeyOf)))
        {
            yield return $"the plan's order is another; it is done in this one, which works where a release phase migrates: {string.Join(", ", done.Select(Words))}";
        }
    }

    /// <summary>What makes two of them the same deed; null for what isn't compared.</summary>
    private static string? KeyOf(Work work) => work switch
    {
        Work.RollBackRelease => "code",
        Work.PromoteDatabase => "promote",
        Work.AlembicDowngrade => "downgrade",
        _ => work.ChangedVar,
    };

    private static string Words(Work work) => work switch
    {
        Work.RollBackRelease { Version: { } version } => $"roll the code back to v{version}",
        Work.RollBackRelease => "roll the code back",
        Work.PromoteDatabase { Database: "" } => "promote what was the primary, or the rollback database if the schema was changed",
        Work.PromoteDatabase promote => $"promote {promote.Database}",
        Work.AlembicDowngrade downgrade => $"alembic downgrade {downgrade.Revision}",
        _ => $"restore {work.ChangedVar}",
    };
}
