using Cake.Heroku;
using ReleaseTasks.Journals;
using ReleaseTasks.Steps;

namespace ReleaseTasks.Running;

/// <content>What the roll-out created and nobody needs any more.</content>
internal sealed partial class ReleaseRun
{
    public async Task CleanUpAsync(CancellationToken ct)
    {
        var state = await FindStateAsync(ct);
        if (state.Find(CreateRollbackDatabase.StepName)?.AfterAs<CreateRollbackDatabase.Created>() is not { } created)
        {
            screen.Say($"{state.Start!.Rollout} created no rollback database: nothing to clean up.");
            return;
        }

        var services = await ServicesAsync(ct);
        var due = RetentionEnds(state);
        if (WhyKept(state, due, services.Time.GetUtcNow()) is { } why)
        {
            throw new RefusedException($"{created.Name} is kept: {why} Nothing was changed.");
        }

        var journal = await OpenJournalAsync(state.Start!.Rollout, ct);
        await CarryOutAsync([new DestroyAddon(new AppName(options.App), "cleanup-rollback-database", created.Name, services.Heroku)], journal, ct);
    }

    /// <summary>The plan's own words, or the configured retention, counted from the end of the roll-out.</summary>
    private DateTimeOffset RetentionEnds(RunState state)
    {
        var plan = Plans.PlanMarkdown.Parse(state.Start!.Plan).Plan;
        var after = plan?.Deployment.Select(step => step.Work).OfType<Plans.Work.DestroyAddon>().FirstOrDefault()?.After ?? options.Retention;
        return (state.Steps.Max(step => step.FinishedAt) ?? state.Start.At) + after;
    }

    private static string? WhyKept(RunState state, DateTimeOffset due, DateTimeOffset now) => state switch
    {
        { Rollback: not null } => "the roll-out was rolled back, and it may be the primary database now.",
        { IsFinished: false } => "the roll-out isn't finished.",
        { Verdict: not { Verdict: "good" } } => "the release hasn't been verified good.",
        _ when now < due => $"it may still be needed until {due:yyyy-MM-dd HH:mm} UTC.",
        _ => null,
    };
}
