using NodaTime;

namespace ReleaseTasks.Chat;

/// <summary>When the team is at work: nobody is reminded of the hours that they slept.</summary>
public sealed record WorkingHours
{
    /// <summary>Default: 08:00.</summary>
    public LocalTime From { get; init; } = new(8, 0);

    /// <summary>Default: 17:00.</summary>
    public LocalTime Until { get; init; } = new(17, 0);

    /// <summary>An IANA zone. Default: <c>Europe/Ljubljana</c>.</summary>
    public DateTimeZone Zone { get; init; } = DateTimeZoneProviders.Tzdb["Europe/Ljubljana"];

    /// <summary>Default: Monday to Friday.</summary>
    public IReadOnlyList<IsoDayOfWeek> Days { get; init; } =
        [IsoDayOfWeek.Monday, IsoDayOfWeek.Tuesday, IsoDayOfWeek.Wednesday, IsoDayOfWeek.Thursday, IsoDayOfWeek.Friday];

    /// <summary>How long a day at work is.</summary>
    internal TimeSpan Day => (Until - From).ToDuration().ToTimeSpan();

    /// <summary>How much of the time between two moments was worked.</summary>
    internal TimeSpan Between(DateTimeOffset from, DateTimeOffset until)
    {
        var (begin, end) = (Instant.FromDateTimeOffset(from), Instant.FromDateTimeOffset(until));
        var worked = Duration.Zero;
        for (var day = begin.InZone(Zone).Date; day <= end.InZone(Zone).Date; day = day.PlusDays(1))
        {
            if (Days.Contains(day.DayOfWeek))
            {
                var opens = Instant.Max(begin, (day + From).InZoneLeniently(Zone).ToInstant());
                var closes = Instant.Min(end, (day + Until).InZoneLeniently(Zone).ToInstant());
                worked += Duration.Max(Duration.Zero, closes - opens);
            }
        }

        return worked.ToTimeSpan();
    }
}
