using System.Globalization;
using System.Net;

namespace ReleaseTasks.GitHub;

/// <summary>
/// Asks again where that is safe: a question that got no proper answer, and anything that the rate limiter turned away, which happens
/// before it has an effect. A change that failed otherwise may have happened: its caller reads again.
/// </summary>
internal sealed class Patience(TimeProvider time, HttpMessageHandler inner) : DelegatingHandler(inner)
{
    private const int Attempts = 4;
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan UsualPause = TimeSpan.FromMinutes(1);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            TimeSpan? pause;
            try
            {
                var response = await base.SendAsync(request, cancellationToken);
                pause = attempt < Attempts ? await PauseAfterAsync(request, response, attempt, cancellationToken) : null;
                if (pause is null || pause > LongestPause)
                {
                    return response;
                }

                response.Dispose();
            }
            catch (HttpRequestException) when (request.Method == HttpMethod.Get && attempt < Attempts)
            {
                pause = BackOff(attempt);
            }

            await Task.Delay(pause.Value, time, cancellationToken);
        }
    }

    private async Task<TimeSpan?> PauseAfterAsync(HttpRequestMessage request, HttpResponseMessage response, int attempt, CancellationToken ct) =>
        response.StatusCode switch
        {
            HttpStatusCode.TooManyRequests => Asked(response) ?? Usual(attempt),
            HttpStatusCode.Forbidden => Asked(response) ?? (await IsSecondaryLimitAsync(response, ct) ? Usual(attempt) : null),
            HttpStatusCode.RequestTimeout or >= HttpStatusCode.InternalServerError when request.Method == HttpMethod.Get => BackOff(attempt),
            _ => null,
        };

    /// <summary>GitHub's limit on bursts has no code and often no header: its words are all that tells it from a missing right.</summary>
    private static async Task<bool> IsSecondaryLimitAsync(HttpResponseMessage response, CancellationToken ct)
    {
        await response.Content.LoadIntoBufferAsync(ct);
        return (await response.Content.ReadAsStringAsync(ct)).Contains("secondary rate limit", StringComparison.OrdinalIgnoreCase);
    }

    private static TimeSpan Usual(int attempt) => UsualPause * Math.Pow(2, attempt - 1);

    /// <summary>The pause that the answer asks for; null where it isn't about rates: a plain 403 stays one.</summary>
    private TimeSpan? Asked(HttpResponseMessage response)
    {
        if (response.Headers.RetryAfter is { } after)
        {
            return after.Delta ?? NotNegative(after.Date - time.GetUtcNow());
        }

        return Header(response, "X-RateLimit-Remaining") == 0 && Header(response, "X-RateLimit-Reset") is { } reset
            ? NotNegative(DateTimeOffset.FromUnixTimeSeconds(reset) - time.GetUtcNow())
            : null;
    }

    private static TimeSpan? NotNegative(TimeSpan? pause) => pause < TimeSpan.Zero ? TimeSpan.Zero : pause;

    private static long? Header(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out var values)
        && long.TryParse(values.First(), NumberStyles.None, CultureInfo.InvariantCulture, out var value)
            ? value
            : null;

    private static TimeSpan BackOff(int attempt) => TimeSpan.FromSeconds(Math.Pow(2, attempt - 1));
}
