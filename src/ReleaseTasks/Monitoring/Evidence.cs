using ReleaseTasks.Redaction;

namespace ReleaseTasks.Monitoring;

/// <summary>Weighs what was seen after a release.</summary>
internal static class Evidence
{
    /// <summary>
    /// One bad sign is enough. Without one, a doubt or the lack of any good sign leaves it open: no news isn't good news.
    /// </summary>
    public static Verdict Weigh(IEnumerable<Observation> observations)
    {
        var signs = observations.Select(observation => observation.Sign).ToHashSet();
        return signs.Contains(Sign.Bad) ? Verdict.Bad
            : signs.Contains(Sign.Doubt) || !signs.Contains(Sign.Good) ? Verdict.Inconclusive
            : Verdict.Good;
    }

    /// <summary>What a log says of a release; each of its findings is an observation of its own.</summary>
    public static IEnumerable<Observation> Of(LogExcerpt log, int version, DateTimeOffset since, DateTimeOffset? openSince)
    {
        var findings = LogReading.Findings(log.Lines, since, openSince);
        foreach (
            var alike in findings.Where(finding => finding.Sign is Sign.Bad or Sign.Doubt).GroupBy(finding => (finding.Code, finding.Sign)))
        {
            var first = alike.First();
            var when = FormattableString.Invariant($"{first.Line.Time:HH:mm:ss}");
            var where = $"first at {when} {ForeignText.Quote($"{first.Line.Process}: {first.Detail}")}";
            yield return new("log", first.Sign, $"{alike.Count()} × {first.Code}, {first.Meaning}; {where}");
        }

        if (log.Gap is { } gap)
        {
            yield return new("log", Sign.Doubt, ForeignText.Quote(gap));
        }

        yield return LogReading.ShowsRelease(log.Lines, version, since)
            ? new("log", Sign.Good, $"the start of v{version} is in it.")
            : new("log", Sign.Doubt, $"there is no sign of v{version} in it: is it this app's log, and does it arrive?");
    }

    /// <summary>What the error tracker says of a release.</summary>
    public static IEnumerable<Observation> Of(ErrorReading reading) => reading switch
    {
        ErrorReading.Unknown unknown => [new("errors", Sign.Doubt, ForeignText.Quote(unknown.Reason))],
        ErrorReading.Read { Errors: [] } => [new("errors", Sign.Good, "events arrive, and none is new.")],
        ErrorReading.Read { Errors: var errors } => errors.Select(error => new Observation("errors", Sign.Bad, Words(error))),
        _ => [],
    };

    private static string Words(TrackedError error)
    {
        var (id, title, url) = (ForeignText.Quote(error.Id), ForeignText.Quote(error.Title), ForeignText.Quote(error.Url));
        return $"{id}, {(error.IsRegression ? "back again" : "new")}: {title} ({error.Count} times, {error.Users} users) {url}";
    }
}
