namespace ReleaseTasks.GitHub;

/// <summary>The outcome of a check of ours, shown on the pull request.</summary>
public sealed record CheckReport
{
    public required string Name { get; init; }

    public required CommitSha Commit { get; init; }

    public required bool Passed { get; init; }

    public required string Title { get; init; }

    /// <summary>Markdown.</summary>
    public required string Summary { get; init; }

    public IReadOnlyList<Annotation> Annotations { get; init; } = [];
}

/// <summary>A remark on one line of a file in the repository.</summary>
public sealed record Annotation(string Path, int Line, string Message, AnnotationLevel Level = AnnotationLevel.Failure);

public enum AnnotationLevel
{
    Notice,
    Warning,
    Failure,
}
