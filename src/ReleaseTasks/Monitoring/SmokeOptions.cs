namespace ReleaseTasks.Monitoring;

/// <summary>How patiently the app is asked.</summary>
/// <param name="Timeout">How long to keep asking.</param>
/// <param name="Interval">The pause between two questions.</param>
internal sealed record SmokeOptions(TimeSpan Timeout, TimeSpan Interval)
{
    /// <summary>How long one answer may take. Default: 30 seconds, when Heroku's router gives up too.</summary>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(30);
}
