using Cake.Heroku;
using ReleaseTasks.Journals;
using ReleaseTasks.Plans;
using ReleaseTasks.Steps;

namespace ReleaseTasks.Running;

/// <content>What the roll-out created and nobody needs any more.</content>
internal sealed partial class ReleaseRun
{
    private const string CleanupStep = "cleanup-rollback-database";

    public async Task CleanUpAsync(CancellationToken ct)
    {
        var known = await FindStateAsync(ct);
        RefuseEvidence(known);
        var state = known.State;
        if (state.Find(CreateRollbackDatabase.StepName)?.AfterAs<CreateRollbackDatabase.Created>() is not { } created)
        {
            screen.Say($"{state.Start!.Rollout} created no rollback database: nothing to clean up.");
            return;
        }

        if (state.HasFinished(CleanupStep))
        {
            screen.Say($"{created.Name} is destroyed already: nothing to clean up.");
            return;
        }

        var services = await ServicesAsync(ct);
        await LearnAsync(state, ct);
        if ((WhyKept(state, RetentionEnds(state), services.Time.GetUtcNow()) ?? await WhyNeededAsync(created, ct)) is { } why)
        {
            throw new RefusedException($"{created.Name} is kept: {why} Nothing was changed. Next: {Command(NextInsteadOfCleanup(state))}");
        }

        var journal = await OpenJournalAsync(state.Start!.Rollout, ct);
        await CarryOutAsync([new DestroyAddon(new AppName(options.App), CleanupStep, created.Name, services.Heroku)], journal, ct);
    }

    /// <summary>The plan's own words, or the configured retention, counted from the end of the roll-out.</summary>
    private DateTimeOffset RetentionEnds(RunState state)
    {
        var after = PlanOf(state).Deployment.Select(step => step.Work).OfType<Work.DestroyAddon>().FirstOrDefault()?.After ?? options.Retention;
        return (state.Steps.Max(step => step.FinishedAt) ?? state.Start!.At) + after;
    }

    private static string? WhyKept(RunState state, DateTimeOffset due, DateTimeOffset now) => state switch
    {
        { Rollback: not null } => "the roll-out was rolled back, and it may be the primary database now.",
        { IsFinished: false } => "the roll-out isn't finished.",
        { Verdict: not { Verdict: "good" } } => "the release hasn't been verified good.",
        _ when now < due => $"it may still be needed until {due:yyyy-MM-dd HH:mm} UTC.",
        _ => null,
    };

    private static string NextInsteadOfCleanup(RunState state) => state switch
    {
        { IsFinished: false, Rollback: null } => "Deploy",
        { Rollback: null, Verdict: not { Verdict: "good" } } => "Verify",
        _ => "Status",
    };

    /// <summary>What else hangs on it: it is told by what can be read now, not by what was meant.</summary>
    private async Task<string?> WhyNeededAsync(CreateRollbackDatabase.Created created, CancellationToken ct)
    {
        var app = new AppName(options.App);
        var addons = await _services!.Heroku.ListAddonsAsync(app, ct);
        if (addons.FirstOrDefault(addon => addon.Name == created.Name) is not { } found)
        {
            return null;
        }

        if (found.Id != created.Id)
        {
            return "it isn't the one that this roll-out created, but another of the same name.";
        }

        if (await _services.Heroku.FindUseAsync(app, found.Id, ct) is { } use)
        {
            return $"{use}.";
        }

        if (_rollouts.Of(options.App).FirstOrDefault(other => IsSourceOf(other, created.Name, addons)) is { } rollout)
        {
            return $"the rollback database of {rollout.Start!.Rollout} was made from it.";
        }

        return await FollowerAsync(found, addons, ct) is { } follower ? $"{follower} follows it." : null;
    }

    private static bool IsSourceOf(RunState other, string database, IReadOnlyList<Addon> addons) =>
        other.Find(CreateRollbackDatabase.StepName)?.BeforeAs<CreateRollbackDatabase.Before>() is { } made && made.Source == database && addons.Any(addon => addon.Name == made.Name);

    private async Task<string?> FollowerAsync(Addon leader, IReadOnlyList<Addon> addons, CancellationToken ct)
    {
        var url = (await _services!.Data.GetDatabaseAsync(leader.Id, ct)).ResourceUrl;
        foreach (var addon in addons.Where(addon => addon.IsPostgres && addon.Id != leader.Id))
        {
            if (url is not null && (await _services.Data.GetDatabaseAsync(addon.Id, ct)).Following == url)
            {
                return addon.Name;
            }
        }

        return null;
    }
}
