using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;

namespace Cake.Heroku.Http;

/// <summary>
/// Makes one list of Heroku's pages: while an answer says <c>Next-Range</c>, asks for that range too. A request for <c>max=</c> wants one
/// page and gets it.
/// </summary>
internal sealed class NextRangeHandler : DelegatingHandler
{
    private const string Range = "Range";

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken ct)
    {
        var response = await base.SendAsync(request, ct);
        if (request.Method != HttpMethod.Get || WantsOnePage(request) || NextRange(response) is not { } next)
        {
            return response;
        }

        var all = await ReadAsync(response, ct);
        while (next is not null)
        {
            using var more = Again(request, next);
            using var page = await base.SendAsync(more, ct);
            if (!page.IsSuccessStatusCode)
            {
                return await CopyAsync(page, request, ct);
            }

            foreach (var item in await ReadAsync(page, ct))
            {
                all.Add(item?.DeepClone());
            }

            next = NextRange(page);
        }

        response.StatusCode = HttpStatusCode.OK;
        response.Content = new StringContent(all.ToJsonString(), MediaTypeHeaderValue.Parse("application/json"));
        return response;
    }

    private static bool WantsOnePage(HttpRequestMessage request) =>
        request.Headers.TryGetValues(Range, out var values) && values.Any(value => value.Contains("max=", StringComparison.Ordinal));

    private static string? NextRange(HttpResponseMessage response) =>
        response.StatusCode == HttpStatusCode.PartialContent && response.Headers.TryGetValues("Next-Range", out var values)
            ? values.First()
            : null;

    private static async Task<JsonArray> ReadAsync(HttpResponseMessage response, CancellationToken ct) =>
        JsonNode.Parse(await response.Content.ReadAsStringAsync(ct))!.AsArray();

    private static HttpRequestMessage Again(HttpRequestMessage request, string range)
    {
        var again = new HttpRequestMessage(request.Method, request.RequestUri);
        var wishes = request.Headers.Where(header => header.Key.StartsWith("Accept-", StringComparison.OrdinalIgnoreCase));
        foreach (var (name, values) in wishes)
        {
            again.Headers.TryAddWithoutValidation(name, values);
        }

        again.Headers.TryAddWithoutValidation(Range, range);
        return again;
    }

    private static async Task<HttpResponseMessage> CopyAsync(HttpResponseMessage refusal, HttpRequestMessage request, CancellationToken ct)
    {
        var copy = new HttpResponseMessage(refusal.StatusCode)
        {
            RequestMessage = request,
            Content = new ByteArrayContent(await refusal.Content.ReadAsByteArrayAsync(ct)),
        };
        foreach (var (name, values) in refusal.Headers)
        {
            copy.Headers.TryAddWithoutValidation(name, values);
        }

        return copy;
    }
}
