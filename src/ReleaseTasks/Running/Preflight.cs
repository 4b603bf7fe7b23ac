using Cake.Heroku;
using ReleaseTasks.Gates;
using ReleaseTasks.GitHub;
using ReleaseTasks.Journals;
using ReleaseTasks.Options;
using ReleaseTasks.Steps;

namespace ReleaseTasks.Running;

/// <summary>Has the facts read that the gates look at, and asks them. Reads only.</summary>
/// <param name="found">What is to be rolled out; unknown where that couldn't be read.</param>
/// <param name="exposes">Whether a text holds what a config var keeps secret.</param>
/// <param name="held">The lock that this run holds; null where it holds none.</param>
/// <param name="acceptsAnothersMerge">See <see cref="GateSources.AcceptsAnothersMerge"/>.</param>
/// <param name="reader">Counts the time of all reads.</param>
internal sealed class Preflight(
    Fact<RolloutSubject> found,
    ReleaseOptions options,
    ReleaseServices services,
    IProjectTasks tasks,
    Func<string, bool> exposes,
    RolloutLock? held,
    Func<PullRequest, CancellationToken, Task<bool>> acceptsAnothersMerge,
    FactReader reader)
{
    public async Task<Preflown> AskAsync(IReadOnlyList<Gate> gates, CancellationToken ct)
    {
        var facts = await GateFacts.ReadAsync(Sources(), reader, ct);
        return new(facts, Gatekeeper.Ask(gates, facts));
    }

    /// <summary>What still counts between the merge and the release.</summary>
    public Task<IReadOnlyList<GateResult>> AskAfterMergeAsync(CommitSha merged) => AfterMerge.AskAsync(merged, Sources(), reader);

    private GateSources Sources()
    {
        var world = new WorldReader(found.Unread is null ? found.Value : null, options, tasks, exposes);
        return new()
        {
            Rules = options,
            Time = services.Time,
            Proposal = found.Then(ProposalOf),
            Actors = services.WorkflowActors,
            GitHub = services.GitHub,
            Platform = new HerokuFacts(new AppName(options.App), services.Heroku),
            HasJournalKey = async ct => await services.Keys.FindAsync(ct) is not null,
            Offline = world.Offline,
            ReadWorld = ct => world.ReadAsync(services, ct),
            AcceptsAnothersMerge = acceptsAnothersMerge,
            FindForeignHolder = FindForeignHolderAsync,
        };
    }

    private static Proposal ProposalOf(RolloutSubject subject) => new(subject.Reading, subject.Source, subject.PullRequest?.Number, subject.Head, subject.PullRequest?.Author)
    {
        HasChangedApp = subject is { Begins: false } && !Preparation.IsAll(subject.State),
        Unremembered = subject.Unremembered,
        HasBegunMerge = subject.State.Find(MergePullRequest.StepName) is not null,
        Found = RecordState.FoundIn(subject.State) is { Release: var release } && subject.State.HasTouchedTheWorld
            ? new(release.Version, release.Slug is { } slug && !HasReturned(subject.State) ? [slug.ToString()] : [])
            : null,
    };

    /// <summary>By its plan it went back to another release: then that one's code is right, and not the one that was found.</summary>
    private static bool HasReturned(RunState state) => state.Steps.Any(step => step.Name.StartsWith(StepFactory.RollBackPrefix, StringComparison.Ordinal));

    private async Task<string?> FindForeignHolderAsync(CancellationToken ct)
    {
        if (held is not null)
        {
            return await held.FindForeignHolderAsync(ct);
        }

        await using var other = new RolloutLock(services.GitHub, options.App, found.Unread is null ? found.Value.Id : null, services.Time);
        return await other.FindForeignHolderAsync(ct);
    }
}

/// <summary>What came of asking the gates.</summary>
internal sealed record Preflown(GateFacts Facts, IReadOnlyList<GateResult> Answers)
{
    public IReadOnlyList<GateResult> Closed => [.. Answers.Where(answer => !answer.IsOpen)];
}
