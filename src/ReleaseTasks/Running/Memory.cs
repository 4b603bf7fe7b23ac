using ReleaseTasks.GitHub;
using ReleaseTasks.Journals;
using ReleaseTasks.Plans;

namespace ReleaseTasks.Running;

/// <summary>What is known of roll-outs: this checkout's journals and their copies on GitHub, of which the one that tells more counts.</summary>
/// <param name="recognisers">What the project understands in a plan.</param>
/// <param name="fingerprint">Makes the journal's references.</param>
internal sealed class Memory(
    Rollouts rollouts,
    IGitHub github,
    string app,
    IReadOnlyList<IStepRecogniser> recognisers,
    Func<CancellationToken, Task<Fingerprint>> fingerprint)
{
    /// <summary><see cref="RunState.Empty"/> where nobody remembers it.</summary>
    /// <exception cref="JournalException">The two tell different stories.</exception>
    public async Task<RunState> RecallAsync(string rollout, CancellationToken ct)
    {
        var path = rollouts.JournalPath(rollout);
        var copy = new JournalCopy(github, rollout);
        var whole = JournalText.Longer(Journal.ReadText(path), await copy.ReadAsync(ct), path, copy.Reference);
        var state = Journal.StateOf(whole, path, path);
        return state.Start is { WholePlan: { } reference, PullRequest: { } number } && await IsFoundAsync(reference, number, path, ct)
            ? Journal.StateOf(whole, path, path)
            : state;
    }

    /// <summary>
    /// A plan that is masked in the copy is whole in its description, unless somebody has reworded that: ticks and notes don't count.
    /// </summary>
    private async Task<bool> IsFoundAsync(string reference, int pullRequest, string path, CancellationToken ct)
    {
        var description = (await github.GetPullRequestAsync(pullRequest, ct)).Body;
        if ((await fingerprint(ct)).Of(RolloutSubject.WordingOf(PlanMarkdown.Parse(description, recognisers))) != reference)
        {
            return false;
        }

        new Unmasked(Path.GetDirectoryName(path)!).Keep(reference, description);
        return true;
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
