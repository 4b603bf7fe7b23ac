using System.Text.RegularExpressions;

namespace ReleaseTasks.GitHub;

/// <summary>A pull request as it stood when it was read.</summary>
public sealed partial record PullRequest
{
    public required int Number { get; init; }

    public required string Title { get; init; }

    /// <summary>The description; empty where GitHub has none.</summary>
    public string Body { get; init; } = "";

    public required PullRequestState State { get; init; }

    public bool IsDraft { get; init; }

    /// <summary>Null where the account was deleted.</summary>
    public Person? Author { get; init; }

    public required CommitSha Head { get; init; }

    /// <summary>The branch that it brings in.</summary>
    public required string HeadRef { get; init; }

    /// <summary>The branch that it goes to.</summary>
    public required string BaseRef { get; init; }

    /// <summary>Once merged, the commit that the base branch got; before that, null: GitHub's is only a test commit.</summary>
    public CommitSha? MergeCommit { get; init; }

    public Person? MergedBy { get; init; }

    /// <summary>Null where GitHub hasn't found out yet: ask again.</summary>
    public bool? Mergeable { get; init; }

    /// <summary>
    /// GitHub's <c>mergeable_state</c>: clean, has_hooks, unstable, blocked, behind, dirty, draft, unknown, or something new.
    /// </summary>
    public string MergeableState { get; init; } = "unknown";

    public IReadOnlyList<Person> RequestedReviewers { get; init; } = [];

    public DateTimeOffset CreatedAt { get; init; }

    public required Uri Url { get; init; }

    /// <summary>
    /// Whether its merge may be that of a roll-out which had begun one: its author's, or that of whoever's token this is. Where that can't be
    /// asked, the token is a bot's, and so is the merge.
    /// </summary>
    public bool MayBeMergedBy(Person? viewer) => MergedBy is { } merger && (merger == Author || merger == viewer || (viewer is null && merger.IsBot));

    /// <summary>Whether it isn't meant to be merged yet: a draft, or marked as that in whatever way.</summary>
    public bool IsWorkInProgress => IsDraft || HasMark || HasNotice;

    /// <summary><c>[WIP]</c> at the beginning of its title.</summary>
    public bool HasMark => Title.TrimStart().StartsWith("[WIP]", StringComparison.OrdinalIgnoreCase);

    /// <summary>"Work In Progress, do not merge" on top of its description, or "do not merge" alone.</summary>
    public bool HasNotice => Notice().IsMatch(Body);

    [GeneratedRegex(@"\A(?:<!--.*?-->|[^\p{L}\p{N}<])*(?:work in progress\W+)?do not merge\b", RegexOptions.IgnoreCase | RegexOptions.Singleline)]
    private static partial Regex Notice();
}

public enum PullRequestState
{
    Open,
    Merged,
    Closed,
}

/// <summary>A pull request to open.</summary>
public sealed record NewPullRequest(string Title, string Body, string Head, string Base, bool Draft = false);
