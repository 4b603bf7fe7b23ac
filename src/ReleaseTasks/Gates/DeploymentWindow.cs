using NodaTime;
using NodaTime.Text;
using ReleaseTasks.Options;

namespace ReleaseTasks.Gates;

/// <summary>When a roll-out may run, by the clock on the team's wall.</summary>
internal sealed record DeploymentWindow
{
    /// <summary>Default: 08:00.</summary>
    public LocalTime From { get; init; } = new(8, 0);

    /// <summary>Default: 17:00; the roll-out is to be over by then.</summary>
    public LocalTime Until { get; init; } = new(17, 0);

    /// <summary>An IANA zone, summer time included. Default: <c>Europe/Ljubljana</c>.</summary>
    public DateTimeZone Zone { get; init; } = DateTimeZoneProviders.Tzdb["Europe/Ljubljana"];

    public static DeploymentWindow Of(DeploymentWindowOptions options) => new()
    {
        From = LocalTime.FromTimeOnly(options.From),
        Until = LocalTime.FromTimeOnly(options.To),
        Zone = DateTimeZoneProviders.Tzdb[options.TimeZone],
    };

    public GateAnswer Ask(DateTimeOffset now, TimeSpan expected)
    {
        var here = Instant.FromDateTimeOffset(now).InZone(Zone);
        var opens = At(here.Date, From);
        var closes = At(here.Date, Until);
        var ends = here + Duration.FromTimeSpan(expected);
        if (here.ToInstant() >= opens.ToInstant() && ends.ToInstant() <= closes.ToInstant())
        {
            return new GateAnswer.Open($"it is {Text(here)}, the roll-out is expected to end at {Text(ends)}; the window is {this}.");
        }

        var tooLate = here.ToInstant() >= opens.ToInstant() && here.ToInstant() < closes.ToInstant();
        var next = here.ToInstant() < opens.ToInstant() ? opens : At(here.Date.PlusDays(1), From);
        return new GateAnswer.Closed(
            tooLate
                ? $"it is {Text(here)} and the roll-out is expected to last until {Text(ends)}; the window, {this}, closes before."
                : $"it is {Text(here)}; the window is {this}.",
            $"Run it again from {Text(next)} on {next.Date:uuuu-MM-dd}. A rollback may run at any time.");
    }

    public override string ToString() => $"{Pattern.Format(From)}–{Pattern.Format(Until)} {Zone.Id}";

    private static LocalTimePattern Pattern { get; } = LocalTimePattern.CreateWithInvariantCulture("HH:mm");

    private static string Text(ZonedDateTime moment) => Pattern.Format(moment.TimeOfDay);

    // Leniently: on the day that summer time begins, 02:30 doesn't exist.
    private ZonedDateTime At(LocalDate day, LocalTime time) => (day + time).InZoneLeniently(Zone);
}
