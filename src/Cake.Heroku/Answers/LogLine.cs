using System.Globalization;
using System.Text.RegularExpressions;

namespace Cake.Heroku;

/// <summary>One line of an app's log.</summary>
/// <param name="Time">Null for a line that isn't in logplex's format; <paramref name="Text"/> is the whole line then.</param>
/// <param name="Source"><c>app</c> for the app's own output, <c>heroku</c> for the platform's.</param>
/// <param name="Process">Such as <c>web.1</c>, <c>router</c>, <c>api</c>.</param>
public sealed partial record LogLine(DateTimeOffset? Time, string Source, string Process, string Text)
{
    /// <summary>Reads <c>2026-01-02T03:04:05.678901+00:00 app[web.1]: text</c>; what isn't that is kept as a line without a time.</summary>
    public static LogLine Parse(string line) =>
        Form().Match(line) is { Success: true } match
        && DateTimeOffset.TryParse(
            match.Groups["time"].ValueSpan,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal,
            out var time)
            ? new(time, match.Groups["source"].Value, match.Groups["process"].Value, match.Groups["text"].Value)
            : new(null, "", "", line);

    [GeneratedRegex(
        @"^(?<time>\d{4}-\d\d-\d\dT\S+) (?<source>[^\s\[\]]+)\[(?<process>[^\s\]]+)\]: ?(?<text>.*)\z",
        RegexOptions.Singleline)]
    private static partial Regex Form();
}
