namespace ReleaseTasks.GitHub;

/// <summary>One submission of a review.</summary>
/// <param name="Reviewer">Null where the account was deleted.</param>
/// <param name="State">GitHub's word, a free string: APPROVED, CHANGES_REQUESTED, DISMISSED, COMMENTED, PENDING, or something new.</param>
/// <param name="Commit">Which head was seen; null once GitHub has collected that commit.</param>
/// <param name="SubmittedAt">Null while it is pending.</param>
public sealed record Review(Person? Reviewer, string State, CommitSha? Commit, DateTimeOffset? SubmittedAt = null);
