namespace ReleaseTasks.Monitoring;

/// <summary>What the error tracker knows of a release. A closed set.</summary>
public abstract record ErrorReading
{
    private ErrorReading()
    {
    }

    /// <summary>Events of this release arrive: these are the errors that are new or back.</summary>
    public sealed record Read(IReadOnlyList<TrackedError> Errors) : ErrorReading;

    /// <summary>Nothing of this release has arrived: a wrong release name or environment looks the same as success.</summary>
    public sealed record Unknown(string Reason) : ErrorReading;
}

/// <summary>An error with all its occurrences.</summary>
public sealed record TrackedError(string Id, string Title, long Count, long Users, string Url, bool IsRegression);
