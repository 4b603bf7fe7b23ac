namespace ReleaseTasks.Plans;

/// <summary>Whether a rollback database can be made as a plan says, by what is known of the app's databases: for the lint and the gates alike.</summary>
internal static class RollbackSource
{
    /// <summary>The longest that any plan of Heroku's keeps.</summary>
    private static readonly TimeSpan LongestRange = TimeSpan.FromDays(7);

    /// <summary>What is wrong, and what to write instead; null where nothing is, as far as is known.</summary>
    public static (string What, string Instead)? WhyNot(Work.CreateRollbackDatabase create, PlanWorld world)
    {
        if (world.HasRollbackDatabase)
        {
            return null;
        }

        if (world.OutdatedRollbackDatabase is { } outdated)
        {
            return (
                $"{outdated} was made by the description before somebody pushed, and the plan now wants another rollback database.",
                $"Where nobody needs it: `heroku addons:destroy {outdated} --app {world.App} --confirm {world.App}`.");
        }

        var source = world.FindDatabase(create.Source);
        return WhyNotFrom(create, source, world) ?? WhyNotTo(create, source, world);
    }

    private static (string What, string Instead)? WhyNotFrom(Work.CreateRollbackDatabase create, KnownAttachment? source, PlanWorld world)
    {
        if (source is null)
        {
            return world.NamesOfDatabases is { } names ? ($"The app has no database `{create.Source}` to roll back.", $"Name one of its own: {names}.") : null;
        }

        return HasNoRollback(source.Plan) || source.EarliestRollback is null
            ? ($"`{create.Source}` has the plan {source.Plan}, which keeps nothing to roll back to.", "Back it up instead: `heroku pg:backups:capture`.")
            : null;
    }

    private static (string What, string Instead)? WhyNotTo(Work.CreateRollbackDatabase create, KnownAttachment? source, PlanWorld world)
    {
        if (HasNoRollback(create.Plan))
        {
            return ($"A database of the plan {create.Plan} can't be made by a rollback.", "Write the plan of the source, such as `heroku-postgresql:standard-0`.");
        }

        return create.To switch
        {
            { } to when world.Now is { } now && to > now => (
                $"`--to` is {PointInTime.Format(to)}, and it is {PointInTime.Format(now)} now: that is in the future.", "Write `--to now`: it is filled in when the step runs."),
            { } to when WhyTooOld(to, source, world) is { } reason => ($"`--to` is {PointInTime.Format(to)}, {reason}.", "Write `--to now`: it is filled in when the step runs."),
            _ => null,
        };
    }

    /// <summary>The database's own range where it's known; else the longest that there is.</summary>
    private static string? WhyTooOld(DateTimeOffset time, KnownAttachment? source, PlanWorld world) => source?.EarliestRollback is { } earliest
        ? time < earliest ? $"and `{source.Name}` can be rolled back to {PointInTime.Format(earliest)} at the earliest" : null
        : world.Now is { } now && time < now - LongestRange ? "which is more than a week ago, longer than any database can be rolled back" : null;

    private static bool HasNoRollback(string plan) => new[] { ":essential", ":mini", ":basic", ":hobby", ":dev" }.Any(tier => plan.Contains(tier, StringComparison.Ordinal));
}
