using ReleaseTasks.Plans;
using static ReleaseTasks.Gates.GateAnswer;

namespace ReleaseTasks.Gates;

/// <summary>What must be true of the app, the account and the hour.</summary>
internal static class AppGates
{
    /// <summary>Requests that a roll-out and its rollback may take.</summary>
    private const int RequestsNeeded = 300;

    public static Gate Window { get; } = new("window", facts => facts.Window is { } window
        ? window.Ask(facts.Now, facts.Plan.Expected)
        : new Open("a rehearsal may run at any hour."));

    public static Gate Owner { get; } = new("owner", AskOwner);

    public static Gate RateLimit { get; } = new("rate-limit", facts => facts.RequestsLeft.Value switch
    {
        null => new Closed("Heroku didn't say how many requests are left.", "Run it again."),
        < RequestsNeeded and var left => new Closed(
            $"{left} requests are left of Heroku's rate limit; a roll-out and its rollback may need {RequestsNeeded}.", "Wait: Heroku gives back about 75 a minute."),
        { } left => new Open($"{left} requests are left."),
    });

    public static Gate Lock { get; } = new("lock", AskLock);

    public static Gate Preboot { get; } = new("preboot", facts => facts.HasPreboot.Value
        ? new Open(
            "preboot is on.",
            "old and new code will run side by side for some minutes. With a migration that the old code can't stand, switch it off "
            + $"first: heroku features:disable preboot --app {facts.Rules.App}")
        : new Open("preboot is off."));

    public static Gate RollbackRange { get; } = new("rollback-range", AskRollbackRange);

    private static GateAnswer AskOwner(GateFacts facts)
    {
        if (!RollbackDatabases(facts.Plan).Any())
        {
            return new Open("nothing has to be promoted.");
        }

        var (account, owner, isOwners) = facts.Ownership.Value;
        return isOwners
            ? new Open($"{account} owns {facts.Rules.App} and may promote its rollback database.")
            : new Closed(
                $"going back would promote the rollback database, which only the owner of {facts.Rules.App}, {owner}, may; this is {account}.",
                $"Run it with an API key of {owner}.");
    }

    private static GateAnswer AskLock(GateFacts facts)
    {
        if (facts.ForeignHolder.Value is { } holder)
        {
            return new Closed($"{facts.Rules.App} is locked by {holder}.", "Wait for it to end. Where it is dead, Unlock --reason='…' frees it.");
        }

        return facts.Releases.Value.FirstOrDefault(release => release.IsPending) is { } pending
            ? new Closed($"Heroku is still working on release v{pending.Version} of {facts.Rules.App}.", "Wait for it to end.")
            : new Open($"nobody else rolls out {facts.Rules.App}.");
    }

    private static GateAnswer AskRollbackRange(GateFacts facts)
    {
        var refusals = RollbackDatabases(facts.Plan).Select(database => Refusal(facts, database)).OfType<string>().ToList();
        return refusals.Count == 0
            ? new Open("the points in time of the rollback databases can be reached.")
            : new Closed(string.Join(" ", refusals), "Write another --to into the plan; --to now is resolved when the step runs.");
    }

    private static string? Refusal(GateFacts facts, Work.CreateRollbackDatabase database)
    {
        var source = (facts.World.Value.Attachments ?? []).FirstOrDefault(attachment => attachment.Name == database.Source);
        if (source?.EarliestRollback is not { } earliest)
        {
            return $"{database.Source} can't be rolled back: it is no database of {facts.Rules.App}, or its plan has no rollback.";
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
