namespace ReleaseTasks.GitHub;

/// <summary>What came of the attempt to merge. A closed set.</summary>
public abstract record MergeOutcome
{
    private MergeOutcome()
    {
    }

    /// <param name="Commit">The commit that the base branch got: this one is deployed.</param>
    public sealed record Merged(CommitSha Commit) : MergeOutcome;

    /// <summary>
    /// Not allowed, in GitHub's words: a conflict, a missing review or check, or the base branch moved at that moment. Also said of what is
    /// merged already: read the pull request again.
    /// </summary>
    public sealed record Refused(string Reason) : MergeOutcome;

    /// <summary>Someone pushed: the approvals are for other code.</summary>
    public sealed record HeadMoved(string Reason) : MergeOutcome;

    /// <summary>No answer, or one that doesn't tell: read the pull request again.</summary>
    public sealed record Unknown(string Reason) : MergeOutcome;
}
