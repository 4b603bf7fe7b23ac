using ReleaseTasks.GitHub;

namespace ReleaseTasks.Steps;

/// <summary>
/// Merges at exactly the reviewed head, and into the branch that is released: what was pushed later is other code, whose reviews are missing. A merge
/// by somebody else isn't taken for this one.
/// </summary>
/// <param name="branch">What is released is what is on it.</param>
/// <param name="acceptsAnothers">Whether the operator knows that somebody else merged it, and wants it released.</param>
internal sealed class MergePullRequest(int number, CommitSha head, string branch, IGitHub github, Func<bool> acceptsAnothers) : Step<MergePullRequest.Before>
{
    public const string StepName = "merge";

    /// <summary>What GitHub answered to our own merge; null where that answer is lost.</summary>
    private CommitSha? _answered;

    public override string Name => StepName;

    public override string Title => $"Merge #{number} at {head.Abbreviated}";

    protected override async Task<Before> ObserveAsync(CancellationToken ct)
    {
        var pullRequest = await github.GetPullRequestAsync(number, ct);
        return pullRequest.BaseRef == branch || pullRequest.State == PullRequestState.Merged
            ? new(pullRequest.Head, pullRequest.BaseRef)
            : throw new InvalidOperationException($"#{number} goes to {pullRequest.BaseRef} by now, and {branch} is what is released. Nothing was merged.");
    }

    protected override string Effect(Before before) => $"#{number} at {head.Abbreviated} → merged into {before.Base}";

    protected override async Task ApplyAsync(Before before, CancellationToken ct)
    {
        switch (await github.MergeAsync(number, head, ct))
        {
            case MergeOutcome.Merged merged:
                _answered = merged.Commit;
                break;
            case MergeOutcome.Refused refused when !await IsMergedAsync(ct):
                throw new InvalidOperationException($"GitHub refused to merge #{number}: {refused.Reason}");
            case MergeOutcome.HeadMoved moved:
                throw new InvalidOperationException($"#{number} is not at {head.Abbreviated} any more: {moved.Reason} The approvals were for other code: have it reviewed again.");
            case MergeOutcome.Unknown unknown:
                throw new HttpRequestException(unknown.Reason);
        }
    }

    protected override async Task<Reading> ReadBackAsync(Before before, CancellationToken ct)
    {
        var pullRequest = await github.GetPullRequestAsync(number, ct);
        return pullRequest switch
        {
            { State: PullRequestState.Merged, MergeCommit: { } commit } => await WhyNotOursAsync(pullRequest, commit, ct) is { } why
                ? new Reading.Failed($"{why} Nothing was released.")
                : new Reading.Done(new Merged(commit), $"merged as {commit.Abbreviated}{By(pullRequest)}"),
            { State: PullRequestState.Closed } => new Reading.Failed($"#{number} was closed without being merged."),
            _ => new Reading.NotYet("not merged"),
        };
    }

    /// <summary>Null where what was merged is what was reviewed, where it is released from, and by whom.</summary>
    private async Task<string?> WhyNotOursAsync(PullRequest merged, CommitSha commit, CancellationToken ct)
    {
        if (merged.Head != head)
        {
            return $"#{number} was merged at {merged.Head.Abbreviated}, not at the reviewed {head.Abbreviated}.";
        }

        if (merged.BaseRef != branch)
        {
            return $"#{number} was merged into {merged.BaseRef} as {commit.Abbreviated}, and {branch} is what is released.";
        }

        return commit == _answered || merged.MergedBy == merged.Author || acceptsAnothers() || merged.MayBeMergedBy(await github.FindViewerAsync(ct))
            ? null
            : $"#{number} was merged by {Merger(merged)}, not by this roll-out. The same command asks whether that is to be released.";
    }

    private static string By(PullRequest merged) => merged.MergedBy == merged.Author ? "" : $" by {Merger(merged)}";

    private static string Merger(PullRequest merged) => merged.MergedBy?.Login ?? "a deleted account";

    private async Task<bool> IsMergedAsync(CancellationToken ct) =>
        (await github.GetPullRequestAsync(number, ct)).State == PullRequestState.Merged;

    internal sealed record Before(CommitSha Head, string Base);

    /// <param name="Commit">What the base branch got, and what is released.</param>
    internal sealed record Merged(CommitSha Commit);
}
