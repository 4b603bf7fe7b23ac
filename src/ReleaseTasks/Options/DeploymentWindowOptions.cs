using NodaTime;

namespace ReleaseTasks.Options;

/// <summary>When a roll-out may begin. Rollback is always allowed.</summary>
public sealed record DeploymentWindowOptions
{
    /// <summary>Local time, <c>HH:mm</c>. Default: 08:00.</summary>
    public TimeOnly From { get; init; } = new(8, 0);

    /// <summary>Local time, <c>HH:mm</c>; the roll-out's expected end has to lie before it. Default: 17:00.</summary>
    public TimeOnly To { get; init; } = new(17, 0);

    /// <summary>An IANA zone. Default: <c>Europe/Ljubljana</c>, whose summer time is the procedure's CEST.</summary>
    public string TimeZone { get; init; } = "Europe/Ljubljana";

    internal IEnumerable<string> Problems()
    {
        if (From >= To)
        {
            yield return $"deploymentWindow: from {From:HH:mm} must be before to {To:HH:mm}.";
        }

        if (DateTimeZoneProviders.Tzdb.GetZoneOrNull(TimeZone) is null)
        {
            yield return $"deploymentWindow/timeZone: '{TimeZone}' is not an IANA zone. Did you mean '{Nearest()}'?";
        }
    }

    /// <summary>An abbreviation such as CEST names no place; the procedure's own place is the best guess for those of its hour.</summary>
    private string Nearest() =>
        TimeZone.ToUpperInvariant() is "CEST" or "CET" ? "Europe/Ljubljana" : Spelling.Nearest(TimeZone, DateTimeZoneProviders.Tzdb.Ids) ?? "Europe/Ljubljana";
}
