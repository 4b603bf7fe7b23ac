namespace ReleaseTasks.Options;

/// <summary>Where the app's log is read.</summary>
public sealed record LogOptions
{
    /// <summary><c>heroku</c> (log sessions, the last 1,500 lines) or <c>papertrail</c>. Default: <c>heroku</c>.</summary>
    public LogProvider Provider { get; init; } = LogProvider.Heroku;

    /// <summary>More words to search Papertrail for, in its grammar, such as <c>-healthcheck</c>. Default: every line.</summary>
    public string Query { get; init; } = "";

    internal IEnumerable<string> Problems()
    {
        if (Query.Length > 0 && Provider != LogProvider.Papertrail)
        {
            yield return "logs/query: only provider 'papertrail' searches.";
        }
    }
}

public enum LogProvider
{
    Heroku,
    Papertrail,
}
