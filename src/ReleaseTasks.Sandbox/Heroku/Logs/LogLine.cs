using System.Globalization;

namespace ReleaseTasks.Sandbox.Heroku;

/// <summary>A line of an app's log.</summary>
/// <param name="Number">Counts up within the app; an event stream's id.</param>
/// <param name="At">When, on the sandbox's clock.</param>
/// <param name="Source"><c>app</c> or <c>heroku</c>.</param>
/// <param name="Process"><c>web.1</c>, <c>router</c>, <c>api</c>, <c>postgres</c> …</param>
/// <param name="Text">The line itself.</param>
internal sealed record LogLine(long Number, DateTimeOffset At, string Source, string Process, string Text)
{
    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss.ffffffzzz";

    /// <summary><c>2026-01-02T03:04:05.678901+00:00 app[web.1]: text</c></summary>
    public override string ToString() => $"{At.ToString(TimeFormat, CultureInfo.InvariantCulture)} {Source}[{Process}]: {Text}";

    /// <summary>Reads a line back; null where a power cut has left half of one.</summary>
    public static LogLine? Parse(long number, string line)
    {
        var bracket = line.IndexOf('[', StringComparison.Ordinal);
        var colon = line.IndexOf("]: ", StringComparison.Ordinal);
        var space = line.IndexOf(' ', StringComparison.Ordinal);
        return space > 0 && bracket > space && colon > bracket
            && DateTimeOffset.TryParseExact(line.AsSpan(0, space), TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var at)
            ? new LogLine(number, at, line[(space + 1)..bracket], line[(bracket + 1)..colon], line[(colon + 3)..])
            : null;
    }
}
