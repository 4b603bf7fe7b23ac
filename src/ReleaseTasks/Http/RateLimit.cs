using System.Globalization;
using System.Net;

namespace ReleaseTasks.Http;

/// <summary>What an answer says of a service's rate limit, in any of the spellings of GitHub, Sentry and Papertrail.</summary>
internal static class RateLimit
{
    /// <summary>Between a number of seconds from now and one since 1970: Papertrail tells the former, the others the latter.</summary>
    private const long LongestInSeconds = 1_000_000_000;

    private static readonly string[] Prefixes = ["X-RateLimit-", "X-Sentry-Rate-Limit-", "X-Rate-Limit-"];

    /// <summary>
    /// Where a service that turned a request away doesn't say for how long; GitHub's documentation says a minute, then more.
    /// </summary>
    public static TimeSpan UsualPause { get; } = TimeSpan.FromMinutes(1);

    /// <summary>Whether a request was turned away because of its rate; nothing came of it then. A plain 403 stays one.</summary>
    public static async ValueTask<bool> TurnedAwayAsync(HttpResponseMessage answer) => answer.StatusCode switch
    {
        HttpStatusCode.TooManyRequests => true,
        HttpStatusCode.Forbidden => answer.Headers.RetryAfter is not null || IsUsedUp(answer) || await IsSecondaryAsync(answer),
        _ => false,
    };

    /// <summary>Null where the answer doesn't say.</summary>
    public static TimeSpan? PauseAskedFor(HttpResponseMessage answer, DateTimeOffset now) =>
        answer.Headers.RetryAfter is { } after ? NotNegative(after.Delta ?? after.Date - now)
        : IsUsedUp(answer) && Header(answer, "Reset") is { } reset ? NotNegative(Until(reset, now))
        : null;

    private static TimeSpan Until(long reset, DateTimeOffset now) =>
        reset < LongestInSeconds ? TimeSpan.FromSeconds(reset) : DateTimeOffset.FromUnixTimeSeconds(reset) - now;

    private static TimeSpan? NotNegative(TimeSpan? pause) => pause < TimeSpan.Zero ? TimeSpan.Zero : pause;

    private static bool IsUsedUp(HttpResponseMessage answer) => Header(answer, "Remaining") == 0;

    /// <summary>GitHub's limit on bursts has no code and often no header: its words are all that tells it from a missing right.</summary>
    private static async ValueTask<bool> IsSecondaryAsync(HttpResponseMessage answer)
    {
        await answer.Content.LoadIntoBufferAsync();
        var words = await answer.Content.ReadAsStringAsync();
        return words.Contains("secondary rate limit", StringComparison.OrdinalIgnoreCase)
            || words.Contains("abuse detection", StringComparison.OrdinalIgnoreCase);
    }

    private static long? Header(HttpResponseMessage answer, string name)
    {
        var values = Prefixes.SelectMany(prefix => answer.Headers.TryGetValues(prefix + name, out var found) ? found : []);
        return long.TryParse(values.FirstOrDefault(), NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : null;
    }
}
