using System.Globalization;

namespace Cake.Heroku.Http;

/// <summary>
/// Slows questions down when few requests are left of the account's limit, so that what a release has to change never finds it used up.
/// Heroku gives back about 75 requests a minute.
/// </summary>
internal sealed class RateLimitHandler(TimeProvider time) : DelegatingHandler
{
    private const int Few = 100;

    private static readonly TimeSpan TimeForOne = TimeSpan.FromSeconds(0.8);

    private volatile int _remaining = int.MaxValue;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken ct)
    {
        if (_remaining < Few && request.IsSafe())
        {
            await Task.Delay(TimeForOne, time, ct);
        }

        var response = await base.SendAsync(request, ct);
        if (response.Headers.TryGetValues("RateLimit-Remaining", out var values)
            && int.TryParse(values.First(), NumberStyles.None, CultureInfo.InvariantCulture, out var remaining))
        {
            _remaining = remaining;
        }

        return response;
    }
}
