namespace ReleaseTasks.Monitoring;

/// <summary>Reads a log since a release.</summary>
internal static class LogReading
{
    private const string TracebackBegins = "Traceback (most recent call last):";

    /// <summary>Heroku's codes and Python's tracebacks, in the order in which they were written.</summary>
    /// <param name="lines">The log, oldest first.</param>
    /// <param name="since">When the release was made: what is older isn't its doing.</param>
    /// <param name="openSince">Since when the app is open to visitors; null while maintenance is on.</param>
    public static IReadOnlyList<LogFinding> Findings(IEnumerable<LogLine> lines, DateTimeOffset since, DateTimeOffset? openSince)
    {
        var recent = lines.Where(line => line.Time >= since).ToList();
        return [.. Codes(recent, openSince).Concat(Tracebacks(recent)).OrderBy(finding => finding.Line.Time)];
    }

    /// <summary>A positive sign that this is the right log and that it arrives: the release itself, or a dyno that came up since.</summary>
    public static bool ShowsRelease(IEnumerable<LogLine> lines, int version, DateTimeOffset since) => lines
        .Where(line => line.Time >= since)
        .Any(line => line is { Source: "app", Process: "api" }
            ? line.Text.StartsWith($"Release v{version} created", StringComparison.Ordinal)
            : line.Source == "heroku" && line.Text.StartsWith("State changed from", StringComparison.Ordinal)
                && line.Text.EndsWith(" to up", StringComparison.Ordinal));

    private static IEnumerable<LogFinding> Codes(IEnumerable<LogLine> lines, DateTimeOffset? openSince) =>
        from line in lines
        let code = HerokuCodes.Of(line)
        where code is not null
        select new LogFinding(code, HerokuCodes.SignOf(code, line.Time, openSince), HerokuCodes.MeaningOf(code), line, line.Text);

    /// <summary>The lines of several processes interleave: each process is read by itself.</summary>
    private static IEnumerable<LogFinding> Tracebacks(IEnumerable<LogLine> lines) =>
        lines.GroupBy(line => (line.Source, line.Process)).SelectMany(process => TracebacksOfOne([.. process]));

    private static IEnumerable<LogFinding> TracebacksOfOne(IReadOnlyList<LogLine> lines)
    {
        for (var i = 0; i < lines.Count; i++)
        {
            if (lines[i].Text.Contains(TracebackBegins, StringComparison.Ordinal))
            {
                // Its frames are indented; the first line that isn't names the exception. Cut off, it is a traceback all the same.
                var exception = lines.Skip(i + 1).FirstOrDefault(line => line.Text is not ("" or [' ' or '\t', ..]));
                yield return new("traceback", Sign.Bad, "unhandled exception", lines[i], exception?.Text ?? "(its end is missing)");
            }
        }
    }
}
