using ReleaseTasks.GitHub;

namespace ReleaseTasks.Steps;

/// <summary>Merges at exactly the reviewed head: what was pushed later is other code, whose reviews are missing.</summary>
internal sealed class MergePullRequest(int number, CommitSha head, IGitHub github) : Step<MergePullRequest.Before>
{
    public const string StepName = "merge";

    public override string Name => StepName;

    public override string Title => $"Merge #{number} at {head.Abbreviated}";

    protected override async Task<Before> ObserveAsync(CancellationToken ct)
    {
        var pullRequest = await github.GetPullRequestAsync(number, ct);
        return new(pullRequest.Head, pullRequest.BaseRef);
    }

    protected override string Effect(Before before) => $"#{number} at {head.Abbreviated} → merged into {before.Base}";

    protected override async Task ApplyAsync(Before before, CancellationToken ct)
    {
        switch (await github.MergeAsync(number, head, ct))
        {
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
            { State: PullRequestState.Merged, MergeCommit: { } commit } when pullRequest.Head == head =>
                new Reading.Done(new Merged(commit), $"merged as {commit.Abbreviated}"),
            { State: PullRequestState.Merged, MergeCommit: not null } =>
                new Reading.Failed($"#{number} was merged at {pullRequest.Head.Abbreviated}, not at the reviewed {head.Abbreviated}. Nothing was released."),
            { State: PullRequestState.Closed } => new Reading.Failed($"#{number} was closed without being merged."),
            _ => new Reading.NotYet("not merged"),
        };
    }

    private async Task<bool> IsMergedAsync(CancellationToken ct) =>
        (await github.GetPullRequestAsync(number, ct)).State == PullRequestState.Merged;

    internal sealed record Before(CommitSha Head, string Base);

    /// <param name="Commit">What the base branch got, and what is released.</param>
    internal sealed record Merged(CommitSha Commit);
}
