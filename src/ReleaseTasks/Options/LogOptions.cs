namespace ReleaseTasks.Options;

/// <summary>Where the app's log is read.</summary>
public sealed record LogOptions
{
    /// <summary><c>heroku</c> (log sessions, the last 1,500 lines) or <c>papertrail</c>. Default: <c>heroku</c>.</summary>
    public LogProvider Provider { get; init; } = LogProvider.Heroku;
}

public enum LogProvider
{
    Heroku,
    Papertrail,
}
