using ReleaseTasks.Plans;
using static ReleaseTasks.Gates.GateAnswer;

namespace ReleaseTasks.Gates;

/// <summary>What must be true of the app, the account and the hour.</summary>
internal static class AppGates
{
    public static Gate Window { get; } = new("window", facts => facts switch
    {
        { HasBegun: true } => new Open("this roll-out has begun: finishing it is safer than leaving it half done."),
        { Rules.Window: { } window } => window.Ask(facts.Now, facts.Expected),
        _ => new Open("a rehearsal may run at any hour."),
    });

    public static Gate Owner { get; } = new("owner", AskOwner);

    public static Gate RateLimit { get; } = new("rate-limit", AskRateLimit);

    public static Gate Lock { get; } = new("lock", AskLock);

    public static Gate Preboot { get; } = new("preboot", AskPreboot);

    public static Gate RollbackRange { get; } = new("rollback-range", AskRollbackRange);

    private static GateAnswer AskOwner(GateFacts facts)
    {
        if (!RollbackDatabases(facts.Plan).Any())
        {
            return new Open("nothing has to be promoted.");
        }

        var app = facts.App;
        return app.AccountIsTeamAdmin || string.Equals(app.Account, app.Owner, StringComparison.OrdinalIgnoreCase)
            ? new Open($"{app.Account} owns {app.Name} and may promote its rollback database.")
            : new Closed(
                $"going back would promote the rollback database, which only the owner of {app.Name}, {app.Owner}, may; this is {app.Account}.",
                $"Run it with an API key of {app.Owner}.");
    }

    private static GateAnswer AskRateLimit(GateFacts facts) => facts.App.RequestsLeft switch
    {
        null => new Closed("Heroku didn't say how many requests are left.", "Run it again.", MayOpen: true),
        { } left when left < facts.Rules.RequestsNeeded => new Closed(
            $"{left} requests are left of Heroku's rate limit; a roll-out and its rollback may need {facts.Rules.RequestsNeeded}.",
            "Wait: Heroku gives back about 75 a minute.",
            MayOpen: true),
        { } left => new Open($"{left} requests are left."),
    };

    private static GateAnswer AskLock(GateFacts facts) => facts.App switch
    {
        { ForeignLock: { } holder } app => new Closed(
            $"{app.Name} is locked by {holder}.",
            "Wait for it to end. Where it is dead, Unlock --reason='…' frees it.",
            MayOpen: true),
        { PendingRelease: { } version } app when !facts.HasBegun => new Closed(
            $"Heroku is still working on release v{version} of {app.Name}.", "Wait for it to end.", MayOpen: true),
        var app => new Open($"nobody else rolls out {app.Name}."),
    };

    private static Open AskPreboot(GateFacts facts) => facts.App.HasPreboot
        ? new Open(
            "preboot is on.",
            "old and new code will run side by side for some minutes. With a migration that the old code can't stand, switch it off "
            + $"first: heroku features:disable preboot --app {facts.App.Name}")
        : new Open("preboot is off.");

    private static GateAnswer AskRollbackRange(GateFacts facts)
    {
        if (facts.HasBegun)
        {
            return new Open("it was asked when this roll-out began.");
        }

        var refusals = RollbackDatabases(facts.Plan).Select(database => Refusal(facts, database)).OfType<string>().ToList();
        return refusals.Count == 0
            ? new Open("the points in time of the rollback databases can be reached.")
            : new Closed(string.Join(" ", refusals), "Write another --to into the plan; --to now is resolved when the step runs.");
    }

    private static string? Refusal(GateFacts facts, Work.CreateRollbackDatabase database)
    {
        if (!facts.App.EarliestRollback.TryGetValue(database.Source, out var earliest))
        {
            return $"{database.Source} can't be rolled back: it is no database of {facts.App.Name}, or its plan has no rollback.";
        }

        return database.To switch
        {
            { } to when to < earliest => $"{database.Source} can be rolled back to {Utc(earliest)} at the earliest, not to {Utc(to)}.",
            { } to when to > facts.Now => $"{database.Source} can't be rolled back to {Utc(to)}, which is yet to come.",
            _ => null,
        };
    }

    private static IEnumerable<Work.CreateRollbackDatabase> RollbackDatabases(RolloutPlan plan) =>
        plan.RollOut.Select(step => step.Work).OfType<Work.CreateRollbackDatabase>();

    private static string Utc(DateTimeOffset moment) => $"{moment.ToUniversalTime():yyyy-MM-dd HH:mm}+00";
}
