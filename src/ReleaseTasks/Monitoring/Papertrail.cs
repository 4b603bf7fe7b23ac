using System.Net.Http.Json;
using System.Text.Json;

namespace ReleaseTasks.Monitoring;

/// <summary>Papertrail's search, version 1.</summary>
internal sealed class Papertrail(HttpClient http, PapertrailOptions options, TimeProvider time) : ILogSearch
{
    private const int PageSize = 1_000;
    private const int MostPages = 200;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    public string Name => "Papertrail";

    public async Task<LogExcerpt> ReadAsync(DateTimeOffset since, CancellationToken ct)
    {
        // By id, for two windows that overlap show some lines twice.
        var found = new Dictionary<string, LogLine>();
        var until = $"&max_time={time.GetUtcNow().ToUnixTimeSeconds() + 1}";
        var from = $"min_time={since.ToUnixTimeSeconds()}";
        for (var page = 0; page < MostPages; page++)
        {
            var answer = await AskAsync(from + until, ct);
            var events = answer.GetProperty("events").EnumerateArray().ToList();
            foreach (var line in events)
            {
                found[line.GetProperty("id").GetString()!] = Line(line);
            }

            // An empty page after a search that ran out of time isn't the end.
            if (events.Count == 0 && !HasRunOutOfTime(answer))
            {
                return Excerpt(found.Values, since, gap: null);
            }

            if (answer.TryGetProperty("max_id", out var last) && last.GetString() is { Length: > 0 } id)
            {
                from = $"min_id={id}";
            }

            if (events.Count == 0)
            {
                await Task.Delay(Pause, time, ct);
            }
        }

        return Excerpt(found.Values, since, $"Papertrail's search did not come to an end in {MostPages} pages.");
    }

    private async Task<JsonElement> AskAsync(string range, CancellationToken ct)
    {
        // tail=false: with min_id alone it would prefer recent lines to complete ones.
        var system = options.System is { } name ? $"&system_id={Uri.EscapeDataString(name)}" : "";
        var words = options.Query is { } query ? $"&q={Uri.EscapeDataString(query)}" : "";
        var address = new Uri($"{options.Address.AbsoluteUri.TrimEnd('/')}/api/v1/events/search.json?{range}&limit={PageSize}&tail=false{system}{words}");
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Add("X-Papertrail-Token", options.Token);
        try
        {
            using var response = await http.SendAsync(request, ct);
            return response.IsSuccessStatusCode
                ? await response.Content.ReadFromJsonAsync<JsonElement>(ct)
                : throw new MonitoringException($"Papertrail refused the search ({(int)response.StatusCode}).");
        }
        catch (Exception e) when (e is HttpRequestException or JsonException)
        {
            throw new MonitoringException($"Papertrail did not answer the search: {e.Message}", e);
        }
    }

    private static bool HasRunOutOfTime(JsonElement answer) =>
        answer.TryGetProperty("reached_time_limit", out var reached) && reached.ValueKind == JsonValueKind.True;

    /// <summary>Papertrail tells whole seconds: the one in which the search begins counts whole.</summary>
    private static LogExcerpt Excerpt(IEnumerable<LogLine> lines, DateTimeOffset since, string? gap) =>
        new([.. lines.Where(line => line.Time.ToUnixTimeSeconds() >= since.ToUnixTimeSeconds()).OrderBy(line => line.Time)], gap);

    /// <summary>Heroku's <c>app[web.1]</c> arrives as the program <c>app/web.1</c>.</summary>
    private static LogLine Line(JsonElement line)
    {
        var program = line.GetProperty("program").GetString() ?? "";
        var slash = program.IndexOf('/', StringComparison.Ordinal);
        var time = line.TryGetProperty("generated_at", out var generated) && generated.ValueKind == JsonValueKind.String
            ? generated
            : line.GetProperty("received_at");
        return new(
            time.GetDateTimeOffset(),
            slash < 0 ? program : program[..slash],
            slash < 0 ? "" : program[(slash + 1)..],
            line.GetProperty("message").GetString() ?? "");
    }
}
