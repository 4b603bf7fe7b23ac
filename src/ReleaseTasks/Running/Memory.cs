using ReleaseTasks.GitHub;
using ReleaseTasks.Journals;
using ReleaseTasks.Plans;

namespace ReleaseTasks.Running;

/// <summary>What is known of roll-outs: this checkout's journals and their copies on GitHub, of which the one that tells more counts.</summary>
/// <param name="copyOf">A roll-out's copy.</param>
/// <param name="recognisers">What the project understands in a plan.</param>
/// <param name="fingerprint">Makes the references of a roll-out's journal.</param>
internal sealed class Memory(
    Rollouts rollouts,
    IGitHub github,
    string app,
    Func<RolloutId, JournalCopy> copyOf,
    IReadOnlyList<IStepRecogniser> recognisers,
    Func<RunState, CancellationToken, Task<Fingerprint>> fingerprint)
{
    /// <summary>By this checkout alone; null where it remembers none.</summary>
    public RunState? CurrentHere => rollouts.Current(app);

    /// <summary><see cref="RunState.Empty"/> where nobody remembers it.</summary>
    /// <exception cref="JournalException">Journal and copy tell different stories, or the copy was forged.</exception>
    public async Task<Recollection> RecallAsync(RolloutId rollout, CancellationToken ct)
    {
        var (path, copy) = (rollouts.JournalPath(rollout), copyOf(rollout));
        var (journal, told) = (Journal.ReadText(path), await copy.ReadAsync(ct));
        var known = Recollection.Of(rollout, journal, path, told, copy.Reference);
        return await IsPlanFoundAsync(known.Trusted, path, ct) ? Recollection.Of(rollout, journal, path, told, copy.Reference) : known;
    }

    /// <summary>
    /// A plan that is masked in the copy is whole in its description, unless somebody has reworded that: ticks and notes don't count.
    /// </summary>
    private async Task<bool> IsPlanFoundAsync(RunState state, string path, CancellationToken ct)
    {
        if (state.Start is not { WholePlan: { } reference, PullRequest: { } number })
        {
            return false;
        }

        var description = (await github.GetPullRequestAsync(number, ct)).Body;
        var wording = RolloutSubject.WordingOf(PlanMarkdown.Parse(description, recognisers));
        if ((await fingerprint(state, ct)).Of(wording) != reference)
        {
            return false;
        }

        new Unmasked(Path.GetDirectoryName(path)!).Keep(reference, description);
        return true;
    }

    /// <summary>The last attempt at a pull request, by this checkout alone.</summary>
    public Recollection LastAttemptHere(int pullRequest)
    {
        var last = rollouts.LastAttempt(app, pullRequest);
        var state = rollouts.Read(last);
        return new(last, state, state, null);
    }

    /// <summary>The last attempt at a pull request: after each that was rolled back there may be another.</summary>
    public async Task<Recollection> LastAttemptAsync(int pullRequest, CancellationToken ct)
    {
        var last = await RecallAsync(rollouts.LastAttempt(app, pullRequest), ct);
        while (last.State.RolledBack is not null && await RecallAsync(last.Id.Next, ct) is { State.Exists: true } next)
        {
            last = next;
        }

        return last;
    }

    /// <summary>
    /// The roll-out under way, here or, by the app's lock, elsewhere; else the last one of this checkout; else the newest pull request's that
    /// GitHub remembers. Null where nobody remembers any.
    /// </summary>
    public async Task<Recollection?> CurrentAsync(CancellationToken ct)
    {
        var here = rollouts.Current(app);
        var current = (here is { IsUnderWay: true } ? here.Start!.Rollout : null)
            ?? await RolloutLock.FindHolderAsync(github, app, ct)
            ?? here?.Start!.Rollout
            ?? await JournalCopy.FindNewestAsync(github, app, ct);
        return current is not null && await RecallAsync(current, ct) is { State.Exists: true } known ? known
            : here is not null ? await RecallAsync(here.Start!.Rollout, ct) : null;
    }
}
