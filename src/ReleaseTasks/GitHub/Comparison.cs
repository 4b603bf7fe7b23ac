namespace ReleaseTasks.GitHub;

/// <summary>What one branch brings to another.</summary>
/// <param name="Messages">Of its commits, oldest first.</param>
public sealed record Comparison(IReadOnlyList<ChangedFile> Files, IReadOnlyList<string> Messages);
