namespace ReleaseTasks.Monitoring;

/// <summary>Heroku's own log, through a log session: its last 1,500 lines.</summary>
/// <param name="http">Reads the session, whose address is a secret for the minutes that it lives.</param>
/// <param name="openSession"><c>POST /apps/{app}/log-sessions</c> with this many lines and without a tail; gives <c>logplex_url</c>.</param>
internal sealed class HerokuLogs(HttpClient http, Func<int, CancellationToken, Task<Uri>> openSession) : ILogSearch
{
    private const int MostLines = 1_500;

    public string Name => "heroku logs";

    public async Task<LogExcerpt> ReadAsync(DateTimeOffset since, CancellationToken ct)
    {
        var text = await ReadAsync(await openSession(MostLines, ct), ct);
        var raw = text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var lines = raw.Select(line => LogLine.Parse(line.TrimEnd('\r'))).OfType<LogLine>().ToList();
        return new([.. lines.Where(line => line.Time >= since).OrderBy(line => line.Time)], Gap(raw.Length, lines, since));
    }

    private static string? Gap(int read, List<LogLine> understood, DateTimeOffset since)
    {
        var isCutOff = read >= MostLines && understood.FirstOrDefault()?.Time > since;
        return isCutOff ? $"Heroku keeps {MostLines} lines, and they begin at {understood[0].Time:HH:mm:ss}, after the release."
            : understood.Count < read ? $"{read - understood.Count} of {read} lines can't be read."
            : null;
    }

    private async Task<string> ReadAsync(Uri session, CancellationToken ct)
    {
        try
        {
            return await http.GetStringAsync(session, ct);
        }
        catch (HttpRequestException e)
        {
            // Not its own words: they may name the session's address.
            throw new MonitoringException($"Heroku's log session could not be read ({(int?)e.StatusCode ?? 0}).");
        }
    }
}
