using System.Globalization;
using ReleaseTasks.Sandbox.Heroku;

namespace ReleaseTasks.Sandbox.Monitoring;

/// <summary>A log line as the services that it's drained to know it.</summary>
/// <param name="Id">Orders the lines of all apps; beyond 2^53, as Papertrail's are.</param>
/// <param name="Program"><c>app/web.1</c>, <c>heroku/router</c> …</param>
internal sealed record LogEvent(long Id, DateTimeOffset At, string App, string Program, string Message)
{
    private const long LinesPerMillisecond = 1_000_000;

    /// <summary>What was logged so far, oldest first.</summary>
    public static IEnumerable<LogEvent> AllOf(AppLogs logs) => logs.Apps
        .SelectMany(app => logs.Of(app).After(0).Select(line => From(app, line)))
        .OrderBy(line => line.Id);

    private static LogEvent From(string app, LogLine line) => new(
        (line.At.ToUnixTimeMilliseconds() * LinesPerMillisecond) + (line.Number % LinesPerMillisecond),
        line.At, app, $"{line.Source}/{line.Process}", line.Text);

    public string IdText => Id.ToString(CultureInfo.InvariantCulture);
}
