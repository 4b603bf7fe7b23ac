namespace ReleaseTasks.Monitoring;

/// <summary>How patiently the app is asked.</summary>
public sealed record SmokeOptions
{
    /// <summary>How long to keep asking. Default: 2 minutes.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>The pause between two questions. Default: 5 seconds.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long one answer may take. Default: 30 seconds, when Heroku's router gives up too.</summary>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(30);

    internal IEnumerable<string> Problems()
    {
        if (Interval <= TimeSpan.Zero || Interval > Timeout)
        {
            yield return $"smoke/interval: {Interval} must be more than 0 and at most the timeout, {Timeout}.";
        }

        if (RequestTimeout <= TimeSpan.Zero)
        {
            yield return $"smoke/requestTimeout: {RequestTimeout} must be more than 0.";
        }
    }
}
