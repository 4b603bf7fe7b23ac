namespace ReleaseTasks.GitHub;

/// <summary>A pull request as it stood when it was read.</summary>
public sealed record PullRequest
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

    /// <summary>Whether it isn't meant to be merged yet: a draft, or <c>[WIP]</c> at the beginning of its title.</summary>
    public bool IsWorkInProgress => IsDraft || Title.TrimStart().StartsWith("[WIP]", StringComparison.OrdinalIgnoreCase);
}

public enum PullRequestState
{
    Open,
    Merged,
    Closed,
}

/// <summary>A pull request to open.</summary>
public sealed record NewPullRequest(string Title, string Body, string Head, string Base, bool Draft = false);
