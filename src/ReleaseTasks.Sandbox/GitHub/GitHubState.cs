namespace ReleaseTasks.Sandbox.GitHub;

/// <summary>All that GitHub knows and git doesn't: what's saved between two starts of the sandbox.</summary>
internal sealed class GitHubState
{
    public long LastId { get; set; } = 1000;

    public List<Account> Accounts { get; init; } = [];

    public List<Repository> Repositories { get; init; } = [];
}

/// <summary>A person, or an app's bot. Others point at it by id, since logins change.</summary>
internal sealed class Account
{
    public required long Id { get; init; }

    public required string Login { get; set; }

    public required string Name { get; init; }

    public required string Email { get; init; }

    public required string Token { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>An app acts through it, with the rights of an installation.</summary>
    public bool IsBot { get; init; }
}

internal sealed class Repository
{
    public required long Id { get; init; }

    public required string Owner { get; init; }

    public required string Name { get; init; }

    public required string DefaultBranch { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset PushedAt { get; set; }

    /// <summary>Account id to role: <c>read</c>, <c>triage</c>, <c>write</c>, <c>maintain</c> or <c>admin</c>. The owner isn't among them.</summary>
    public Dictionary<long, string> Collaborators { get; init; } = [];

    /// <summary>The protected branches.</summary>
    public Dictionary<string, Protection> Protections { get; init; } = [];

    /// <summary>The allowed ways to merge.</summary>
    public List<string> MergeMethods { get; init; } = ["merge", "squash", "rebase"];

    /// <summary>Issues and pull requests, which share their numbers.</summary>
    public List<Issue> Issues { get; init; } = [];

    public List<CommitStatus> Statuses { get; init; } = [];

    public List<CheckRun> CheckRuns { get; init; } = [];

    public List<Deployment> Deployments { get; init; } = [];

    public string FullName => $"{Owner}/{Name}";

    /// <summary>Of its first issue or pull request: a stage begins where the project's real one stands.</summary>
    public int FirstNumber { get; set; } = 1;

    public int NextNumber => FirstNumber + Issues.Count;
}

/// <summary>What a branch asks of a merge.</summary>
internal sealed class Protection
{
    public int Approvals { get; init; }

    public List<string> Contexts { get; init; } = [];

    /// <summary>The pull request's branch must hold all of the base branch.</summary>
    public bool UpToDate { get; init; }

    /// <summary>A push dismisses the approvals given so far.</summary>
    public bool DismissStale { get; init; }
}

internal sealed class Issue
{
    public required long Id { get; init; }

    public required int Number { get; init; }

    public required long Author { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required string Title { get; set; }

    /// <summary>Null where it's empty, as GitHub has it.</summary>
    public string? Body { get; set; }

    public DateTimeOffset UpdatedAt { get; set; }

    public DateTimeOffset? ClosedAt { get; set; }

    public List<Comment> Comments { get; init; } = [];

    /// <summary>What makes the issue a pull request.</summary>
    public PullRequest? Pull { get; init; }

    public string State => ClosedAt is null ? "open" : "closed";
}

internal sealed class Comment
{
    public required long Id { get; init; }

    public required long Author { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required string Body { get; set; }

    public DateTimeOffset UpdatedAt { get; set; }
}

internal sealed class PullRequest
{
    public required string Head { get; init; }

    public required string Base { get; set; }

    /// <summary>The head branch's commit; the last one seen where the branch is gone.</summary>
    public required string HeadSha { get; set; }

    public required string BaseSha { get; set; }

    public bool Draft { get; set; }

    public DateTimeOffset? MergedAt { get; set; }

    public long? MergedBy { get; set; }

    /// <summary>Before the merge a test commit, after it the commit on the base branch.</summary>
    public string? MergeCommit { get; set; }

    /// <summary>The two commits that mergeability was asked for: it's known from the second question on.</summary>
    public string? AskedFor { get; set; }

    public List<Review> Reviews { get; init; } = [];

    public List<long> RequestedReviewers { get; init; } = [];
}

internal sealed class Review
{
    public required long Id { get; init; }

    public required long Author { get; init; }

    public required string State { get; set; }

    public required string Body { get; set; }

    /// <summary>The head that the reviewer saw; null once that commit was collected.</summary>
    public required string? Commit { get; set; }

    /// <summary>Null while it's pending.</summary>
    public DateTimeOffset? SubmittedAt { get; set; }
}

internal sealed record CommitStatus(
    long Id, string Sha, string Context, string State, string? Description, string? TargetUrl, long Creator, DateTimeOffset At);

internal sealed class CheckRun
{
    public required long Id { get; init; }

    public required string Sha { get; init; }

    public required long App { get; init; }

    public required DateTimeOffset StartedAt { get; set; }

    public required string Name { get; set; }

    public required string Status { get; set; }

    public string? Conclusion { get; set; }

    public DateTimeOffset? CompletedAt { get; set; }

    public string? DetailsUrl { get; set; }

    public string? ExternalId { get; set; }

    public string? Title { get; set; }

    public string? Summary { get; set; }

    public string? Text { get; set; }

    public List<Annotation> Annotations { get; init; } = [];
}

internal sealed record Annotation(string Path, int StartLine, int EndLine, string Level, string Message, string? Title, string? RawDetails);

internal sealed class Deployment
{
    public required long Id { get; init; }

    public required string Sha { get; init; }

    public required string Ref { get; init; }

    public required string Task { get; init; }

    public required string Environment { get; init; }

    public required string? Description { get; init; }

    /// <summary>As it was sent: an object or a text, in JSON.</summary>
    public required string Payload { get; init; }

    public required bool Transient { get; init; }

    public required bool Production { get; init; }

    public required long Creator { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public List<DeploymentStatus> Statuses { get; init; } = [];
}

internal sealed record DeploymentStatus(
    long Id, string State, string Description, string Environment, string LogUrl, string EnvironmentUrl, long Creator, DateTimeOffset At);
