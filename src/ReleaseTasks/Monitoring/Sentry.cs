using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace ReleaseTasks.Monitoring;

/// <summary>Sentry's Web API.</summary>
internal sealed partial class Sentry(HttpClient http, SentryOptions options, TimeProvider time) : IErrorTracker
{
    private const int MostPages = 20;

    public string Name => "Sentry";

    public async Task<ErrorReading> ReadAsync(string release, DateTimeOffset since, CancellationToken ct)
    {
        if (!await IsAliveAsync(release, ct))
        {
            return new ErrorReading.Unknown(
                $"Sentry has heard nothing of release '{release}' in {options.Environment}: wrong name or environment, or nobody used it yet.");
        }

        var brought = await ListAsync($"firstRelease:\"{release}\" is:unresolved", since, isRegression: false, ct);
        var broughtBack = await ListAsync($"release:\"{release}\" is:regressed is:unresolved", since, isRegression: true, ct);
        return new ErrorReading.Read([.. brought.Concat(broughtBack).DistinctBy(error => error.Id)]);
    }

    /// <summary>Whether an event or a session of this release has arrived.</summary>
    private async Task<bool> IsAliveAsync(string release, CancellationToken ct)
    {
        using var known = await AskAsync($"releases/{Uri.EscapeDataString(release)}/", ct);
        if (known.StatusCode == HttpStatusCode.NotFound)
        {
            return false;
        }

        var lastEvent = (await JsonAsync(known, ct)).TryGetProperty("lastEvent", out var last) && last.ValueKind == JsonValueKind.String;
        return lastEvent || await CountSessionsAsync(release, ct) > 0;
    }

    private async Task<double> CountSessionsAsync(string release, CancellationToken ct)
    {
        var query = Scope($"release:\"{release}\"") + "&field=sum(session)&statsPeriod=1h&interval=1h";
        using var answer = await AskAsync($"sessions/?{query}", ct);
        return answer.StatusCode == HttpStatusCode.NotFound
            ? 0
            : (await JsonAsync(answer, ct)).GetProperty("groups").EnumerateArray()
                .Sum(group => group.GetProperty("totals").GetProperty("sum(session)") is { ValueKind: JsonValueKind.Number } sum ? sum.GetDouble() : 0);
    }

    private async Task<IReadOnlyList<TrackedError>> ListAsync(string words, DateTimeOffset since, bool isRegression, CancellationToken ct)
    {
        var found = new List<TrackedError>();
        string? cursor = null;
        for (var page = 0; page < MostPages; page++)
        {
            var query = Scope(words) + $"&limit=100&start={Time(since)}&end={Time(time.GetUtcNow())}";
            using var answer = await AskAsync($"issues/?{query}{(cursor is null ? "" : $"&cursor={Uri.EscapeDataString(cursor)}")}", ct);
            found.AddRange((await JsonAsync(answer, ct)).EnumerateArray().Select(issue => Error(issue, isRegression)));
            cursor = NextCursor(answer);
            if (cursor is null)
            {
                break;
            }
        }

        return found;
    }

    private string Scope(string words) =>
        $"query={Uri.EscapeDataString(words)}&environment={Uri.EscapeDataString(options.Environment)}"
        + (options.Project is { } project ? $"&project={Uri.EscapeDataString(project)}" : "");

    private async Task<HttpResponseMessage> AskAsync(string path, CancellationToken ct)
    {
        var address = new Uri($"{options.Address.AbsoluteUri.TrimEnd('/')}/api/0/organizations/{Uri.EscapeDataString(options.Organization)}/{path}");
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", options.Token);
        try
        {
            var response = await http.SendAsync(request, ct);
            return response.IsSuccessStatusCode || response.StatusCode == HttpStatusCode.NotFound
                ? response
                : throw new MonitoringException($"Sentry refused GET {address.AbsolutePath} ({(int)response.StatusCode}). Its token needs event:read and project:releases.");
        }
        catch (HttpRequestException e)
        {
            throw new MonitoringException($"Sentry did not answer GET {address.AbsolutePath}: {e.Message}", e);
        }
    }

    private static async Task<JsonElement> JsonAsync(HttpResponseMessage answer, CancellationToken ct)
    {
        try
        {
            return await answer.Content.ReadFromJsonAsync<JsonElement>(ct);
        }
        catch (JsonException e)
        {
            throw new MonitoringException($"Sentry's answer to GET {answer.RequestMessage?.RequestUri?.AbsolutePath} can't be read.", e);
        }
    }

    private static TrackedError Error(JsonElement issue, bool isRegression) => new(
        issue.GetProperty("shortId").GetString() ?? "",
        issue.GetProperty("title").GetString() ?? "",
        Number(issue.GetProperty("count")),
        Number(issue.GetProperty("userCount")),
        issue.GetProperty("permalink").GetString() ?? "",
        isRegression);

    // Sentry writes some counts as text.
    private static long Number(JsonElement value) =>
        value.ValueKind == JsonValueKind.Number ? value.GetInt64() : long.TryParse(value.GetString(), out var number) ? number : 0;

    /// <summary>Sentry always names a next page, and says beside it whether there is anything on it.</summary>
    private static string? NextCursor(HttpResponseMessage answer) =>
        answer.Headers.TryGetValues("Link", out var links) && Next().Match(string.Join(", ", links)) is { Success: true } next
            ? next.Groups["cursor"].Value
            : null;

    private static string Time(DateTimeOffset moment) => Uri.EscapeDataString($"{moment.UtcDateTime:yyyy-MM-ddTHH:mm:ss}");

    [GeneratedRegex("rel=\"next\"; results=\"true\"; cursor=\"(?<cursor>[^\"]+)\"")]
    private static partial Regex Next();
}
