using System.Text.RegularExpressions;

namespace ReleaseTasks.Monitoring;

/// <summary>One line of an app's log, wherever it is kept.</summary>
/// <param name="Time">When it was written.</param>
/// <param name="Source"><c>app</c> for what the app's own processes say, <c>heroku</c> for the platform.</param>
/// <param name="Process">Such as <c>web.1</c>, <c>router</c>, <c>api</c>, <c>logplex</c>.</param>
/// <param name="Text">What it says.</param>
public sealed partial record LogLine(DateTimeOffset Time, string Source, string Process, string Text)
{
    /// <summary>A value of a line like the router's, <c>at=error code=H12 desc="Request timeout" …</c>; null where it has none.</summary>
    public string? Field(string name) =>
        Fields().Matches(Text).FirstOrDefault(field => field.Groups["name"].Value == name) is { } found
            ? found.Groups["quoted"].Success ? found.Groups["quoted"].Value : found.Groups["plain"].Value
            : null;

    [GeneratedRegex("(?<=^|\\s)(?<name>[A-Za-z_]+)=(?:\"(?<quoted>[^\"]*)\"|(?<plain>\\S*))")]
    private static partial Regex Fields();
}
