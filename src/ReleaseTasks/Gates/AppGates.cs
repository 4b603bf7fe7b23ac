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

    public static Gate Access { get; } = new("access", AskAccess);

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

    private static GateAnswer AskAccess(GateFacts facts) =>
        string.Join(" ", new[] { facts.Viewer.Unread, facts.Ownership.Unread, facts.HasJournalKey.Unread }.OfType<string>()) is { Length: > 0 } unread
            ? new Closed(
                unread,
                "Where a token is refused, check GITHUB_TOKEN and HEROKU_API_KEY; else run the same command again once that answers.")
            : new Open(
                $"{facts.Viewer.Value?.Login ?? "a workflow's token"} on GitHub, {facts.Ownership.Value.Account} on Heroku.",
                facts.HasJournalKey.Value ? null : NoKey(facts.Rules.App));

    private static string NoKey(string app) =>
        $"{app} has no key for journals, so only this checkout will be able to go on with the roll-out. CreateJournalKey makes one.";

    private static GateAnswer AskOwner(GateFacts facts)
    {
        if (!facts.Plan.RollOut.Any(step => step.Work is Work.CreateRollbackDatabase or Work.PromoteDatabase))
        {
            return new Open("nothing has to be promoted.");
        }

        var ownership = facts.Ownership.Value;
        return ownership.WhyNotPromote("this roll-out, or going back, promotes a database") is var (reason, remedy)
            ? new Closed(reason, remedy)
            : new Open($"{ownership.Account} owns {ownership.App} and may promote a database.");
    }

    private static GateAnswer AskLock(GateFacts facts)
    {
        if (facts.ForeignHolder.Value is { } holder)
        {
            return LockedBy(facts.Rules.App, holder);
        }

        // Also where nobody knows which roll-out this is.
        var proposal = facts.Proposal.Unread is null ? facts.Proposal.Value : null;
        if (proposal?.Unremembered is { } why)
        {
            return new Closed($"whether this roll-out was begun elsewhere can't be read: {why}", "Run the same command again once that answers.");
        }

        // Once it has begun, a pending release may be its own: of a config var, of its rollback database.
        return proposal?.Found switch
        {
            { } found when KnownRelease.Foreign(facts.Releases.Value, found) is { } release => ReleasedElsewhere(facts.Rules.App, release, found),
            null when facts.Releases.Value.FirstOrDefault(release => release.IsPending) is { } pending =>
                new Closed($"Heroku is still working on release v{pending.Version} of {facts.Rules.App}.", "Wait for it to end."),
            _ => new Open($"nobody else rolls out {facts.Rules.App}."),
        };
    }

    public static Closed LockedBy(string app, string holder) => new($"{app} is locked by {holder}.", "Wait for it to end. Where it is dead, Unlock --reason='…' frees it.");

    public static Closed ReleasedElsewhere(string app, KnownRelease release, FoundCode found) => new(
        $"somebody else releases {app}: v{release.Version} ({release.Description}) isn't what this roll-out found, v{found.Version}.",
        $"Talk to them. This roll-out goes on once that code is gone again (heroku rollback v{found.Version} --app {app}); else undo it, and begin anew.");

    private static GateAnswer AskRollbackRange(GateFacts facts)
    {
        var wanted = facts.Plan.RollOut.Select(step => step.Work).OfType<Work.CreateRollbackDatabase>().ToList();
        if (wanted.Count == 0)
        {
            return new Open("the plan makes no rollback database.");
        }

        var world = facts.World.Value;
        var refusals = wanted.Select(create => RollbackSource.WhyNot(create, world)).OfType<(string What, string Instead)>().ToList();
        return refusals.Count == 0
            ? new Open(world.HasRollbackDatabase ? "the rollback database is made." : "the points in time of the rollback databases can be reached.")
            : new Closed(string.Join(" ", refusals.Select(refusal => refusal.What)), string.Join(" ", refusals.Select(refusal => refusal.Instead).Distinct()));
    }
}
