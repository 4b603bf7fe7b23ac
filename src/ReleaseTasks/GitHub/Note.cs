namespace ReleaseTasks.GitHub;

/// <summary>A text kept in the repository as a commit's message, after its parent, the note before it (null for the first).</summary>
public sealed record Note(CommitSha Commit, string Text, CommitSha? Parent, DateTimeOffset WrittenAt);
