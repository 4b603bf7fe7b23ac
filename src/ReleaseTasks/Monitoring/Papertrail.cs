using System.Text.Json;
using ReleaseTasks.Http;

namespace ReleaseTasks.Monitoring;

/// <summary>Papertrail, by its search.</summary>
internal sealed class Papertrail : ILogSearch, IDisposable
{
    private const int MostPages = 200;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly HttpClient _http;
    private readonly IPapertrailApi _api;
    private readonly PapertrailOptions _options;
    private readonly TimeProvider _time;

    /// <param name="say">Takes a line for people when Papertrail lets us wait.</param>
    public Papertrail(PapertrailOptions options, TimeProvider time, Action<string> say)
    {
        (_options, _time) = (options, time);
        _http = ServiceHttp.Connect(new ServiceRetry(Name), time, say);
        _http.BaseAddress = options.Address;
        _http.DefaultRequestHeaders.Add("X-Papertrail-Token", options.Token);
        _api = ServiceApi.Of<IPapertrailApi>(Name, _http, JsonNamingPolicy.SnakeCaseLower);
    }

    public string Name => "Papertrail";

    public async Task<LogExcerpt> ReadAsync(DateTimeOffset since, CancellationToken ct)
    {
        // By id, for two windows that overlap show some lines twice.
        var found = new Dictionary<string, LogLine>();
        var until = _time.GetUtcNow().ToUnixTimeSeconds() + 1;
        string? last = null;
        for (var pages = 0; pages < MostPages; pages++)
        {
            long? from = last is null ? since.ToUnixTimeSeconds() : null;
            var page = await _api.SearchAsync(from, last, until, _options.System, _options.Query, ct);
            foreach (var line in page.Events)
            {
                found[line.Id] = Line(line);
            }

            if (page is { Events: [], ReachedTimeLimit: false })
            {
                return Excerpt(found.Values, since, gap: null);
            }

            last = page.MaxId is { Length: > 0 } id ? id : last;
            if (page.Events.Count == 0)
            {
                await Task.Delay(Pause, _time, ct);
            }
        }

        return Excerpt(found.Values, since, $"Papertrail's search did not come to an end in {MostPages} pages.");
    }

    public void Dispose() => _http.Dispose();

    /// <summary>Papertrail tells whole seconds: the one in which the search begins counts whole.</summary>
    private static LogExcerpt Excerpt(IEnumerable<LogLine> lines, DateTimeOffset since, string? gap) =>
        new([.. lines.Where(line => line.Time.ToUnixTimeSeconds() >= since.ToUnixTimeSeconds()).OrderBy(line => line.Time)], gap);

    private static LogLine Line(PapertrailEvent line)
    {
        var program = line.Program ?? "";
        var slash = program.IndexOf('/', StringComparison.Ordinal);
        return new(
            line.GeneratedAt ?? line.ReceivedAt ?? throw new ServiceException($"Papertrail's line {line.Id} has no time."),
            slash < 0 ? program : program[..slash],
            slash < 0 ? "" : program[(slash + 1)..],
            line.Message);
    }
}
