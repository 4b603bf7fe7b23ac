using ReleaseTasks.GitHub;
using ReleaseTasks.Journals;

namespace ReleaseTasks.Running;

/// <summary>What is known of roll-outs: this checkout's journals and their copies on GitHub, of which the one that tells more counts.</summary>
internal sealed class Memory(Rollouts rollouts, IGitHub github, string app)
{
    /// <summary>By this checkout alone.</summary>
    public RunState RecallHere(string rollout) => rollouts.Read(rollout);

    /// <summary>By this checkout alone; null where it remembers none.</summary>
    public RunState? CurrentHere => rollouts.Current(app);

    /// <summary><see cref="RunState.Empty"/> where nobody remembers it.</summary>
    /// <exception cref="JournalException">The two tell different stories.</exception>
    public async Task<RunState> RecallAsync(string rollout, CancellationToken ct)
    {
        var path = rollouts.JournalPath(rollout);
        var copy = new JournalCopy(github, rollout);
        var whole = JournalText.Longer(Journal.ReadText(path), await copy.ReadAsync(ct), path, copy.Reference);
        return RunState.Of(JournalText.Parse(whole, path));
    }

    /// <summary>
    /// The roll-out under way, here or, by the app's lock, elsewhere; else the last one of this checkout; else the newest pull request's that
    /// GitHub remembers. Null where nobody remembers any.
    /// </summary>
    public async Task<RunState?> CurrentAsync(CancellationToken ct)
    {
        var here = rollouts.Current(app);
        var current = (here is { IsUnderWay: true } ? here.Start!.Rollout : null)
            ?? await RolloutLock.FindHolderAsync(github, app, ct)
            ?? here?.Start!.Rollout
            ?? await JournalCopy.FindNewestAsync(github, app, ct);
        return current is not null && await RecallAsync(current, ct) is { Exists: true } known ? known : here;
    }
}
