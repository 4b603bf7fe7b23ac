using ReleaseTasks.GitHub;
using ReleaseTasks.Journals;

namespace ReleaseTasks.Running;

/// <summary>What is known of roll-outs: this checkout's journals and their copies on GitHub, of which the one that tells more counts.</summary>
/// <param name="copyOf">A roll-out's copy.</param>
internal sealed class Memory(Rollouts rollouts, IGitHub github, string app, Func<RolloutId, JournalCopy> copyOf)
{
    /// <summary><see cref="RunState.Empty"/> where nobody remembers it.</summary>
    /// <exception cref="JournalException">Journal and copy tell different stories, or the copy was forged.</exception>
    public async Task<Recollection> RecallAsync(RolloutId rollout, CancellationToken ct)
    {
        var path = rollouts.JournalPath(rollout);
        var copy = copyOf(rollout);
        return Recollection.Of(rollout, Journal.ReadText(path), path, await copy.ReadAsync(ct), copy.Reference);
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
