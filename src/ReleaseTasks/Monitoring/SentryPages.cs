using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace ReleaseTasks.Monitoring;

/// <summary>Makes one list of Sentry's pages: while an answer's <c>Link</c> names a next one with results, asks for that too.</summary>
internal sealed partial class SentryPages : DelegatingHandler
{
    /// <summary>Nobody needs more than the first 2,000 errors of a release to judge it.</summary>
    private const int MostPages = 20;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken ct)
    {
        var items = new List<string>();
        var page = await base.SendAsync(request, ct);
        for (var pages = 1; pages < MostPages && NextCursor(page) is { } cursor; pages++)
        {
            items.AddRange(await ItemsAsync(page, ct));
            page.Dispose();
            using var next = After(request, cursor);
            page = await base.SendAsync(next, ct);
        }

        if (items.Count > 0 && page.IsSuccessStatusCode)
        {
            items.AddRange(await ItemsAsync(page, ct));
            page.Content = new StringContent($"[{string.Join(',', items)}]", MediaTypeHeaderValue.Parse("application/json"));
        }

        return page;
    }

    /// <summary>Sentry always names a next page, and says beside it whether there is anything on it.</summary>
    private static string? NextCursor(HttpResponseMessage page) =>
        page.IsSuccessStatusCode
        && page.Headers.TryGetValues("Link", out var links)
        && Next().Match(string.Join(", ", links)) is { Success: true } next
            ? next.Groups["cursor"].Value
            : null;

    private static async Task<IEnumerable<string>> ItemsAsync(HttpResponseMessage page, CancellationToken ct) =>
        JsonNode.Parse(await page.Content.ReadAsStringAsync(ct))!.AsArray().Select(item => item?.ToJsonString() ?? "null");

    private static HttpRequestMessage After(HttpRequestMessage request, string cursor)
    {
        var next = new HttpRequestMessage(
            request.Method,
            new Uri($"{request.RequestUri!.AbsoluteUri}&cursor={Uri.EscapeDataString(cursor)}"));
        next.Headers.Authorization = request.Headers.Authorization;
        return next;
    }

    [GeneratedRegex("rel=\"next\"; results=\"true\"; cursor=\"(?<cursor>[^\"]+)\"")]
    private static partial Regex Next();
}
