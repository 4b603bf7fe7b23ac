using System.Globalization;
using Cake.Heroku;
using ReleaseTasks.Http;

namespace ReleaseTasks.Monitoring;

/// <summary>Heroku's own log: its last 1,500 lines.</summary>
internal sealed class HerokuLogs(AppName app, Cake.Heroku.HerokuLogs logs) : ILogSearch
{
    public string Name => "heroku logs";

    public async Task<LogExcerpt> ReadAsync(DateTimeOffset since, CancellationToken ct)
    {
        var lines = await ReadAllAsync(ct);
        var understood = lines.Where(line => line.Time is not null).Select(
            line => new LogLine(line.Time!.Value, line.Source, line.Process, line.Text)).ToList();
        return new([.. understood.Where(line => line.Time >= since).OrderBy(line => line.Time)], Gap(lines.Count, understood, since));
    }

    private static string? Gap(int read, List<LogLine> understood, DateTimeOffset since)
    {
        if (read >= Cake.Heroku.HerokuLogs.AllLines && understood is [{ Time: var begin }, ..] && begin > since)
        {
            var from = begin.ToString("HH:mm:ss", CultureInfo.InvariantCulture);
            return $"Heroku keeps {Cake.Heroku.HerokuLogs.AllLines} lines, and they begin at {from}, after the release.";
        }

        return understood.Count < read ? $"{read - understood.Count} of {read} lines can't be read." : null;
    }

    private async Task<List<Cake.Heroku.LogLine>> ReadAllAsync(CancellationToken ct)
    {
        try
        {
            return await logs.ReadAsync(app, Cake.Heroku.HerokuLogs.AllLines, ct).ToListAsync(ct);
        }
        catch (HerokuApiException e)
        {
            throw new ServiceException($"Heroku's log could not be read: {e.Message}", e) { Status = e.Status };
        }
    }
}
