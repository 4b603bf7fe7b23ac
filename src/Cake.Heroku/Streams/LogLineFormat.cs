using System.Globalization;
using System.Text.RegularExpressions;

namespace Cake.Heroku;

/// <summary><c>2026-01-02T03:04:05.678901+00:00 app[web.1]: text</c></summary>
internal static partial class LogLineFormat
{
    public static LogLine Parse(string line) =>
        Form().Match(line) is { Success: true } match
        && DateTimeOffset.TryParse(match.Groups["time"].Value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? new(time, match.Groups["source"].Value, match.Groups["process"].Value, match.Groups["text"].Value)
            : new(null, "", "", line);

    public static string Format(LogLine line) => line.Time is { } time
        ? string.Create(CultureInfo.InvariantCulture, $"{time:yyyy-MM-ddTHH:mm:ss.ffffffzzz} {line.Source}[{line.Process}]: {line.Text}")
        : line.Text;

    [GeneratedRegex(@"^(?<time>\S+) (?<source>[^\s\[]+)\[(?<process>[^\]]+)\]: ?(?<text>.*)$")]
    private static partial Regex Form();
}
