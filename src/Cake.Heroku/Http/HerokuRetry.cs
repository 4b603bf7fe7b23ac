using System.Net;
using Polly;
using Polly.Retry;
using Polly.Timeout;

namespace Cake.Heroku.Http;

/// <summary>
/// Repeats what is safe to repeat: a question that failed; anything that was turned away by the rate limit or never left this machine. A
/// change whose answer was lost is not repeated, a refusal stays one.
/// </summary>
internal static class HerokuRetry
{
    /// <summary>All attempts and pauses of one request.</summary>
    public static readonly TimeSpan Total = TimeSpan.FromMinutes(5);

    /// <summary>One attempt; Heroku itself gives up on most requests after 30 seconds.</summary>
    public static readonly TimeSpan Attempt = TimeSpan.FromSeconds(60);

    /// <summary>A longer pause is the caller's to decide on.</summary>
    public static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(60);

    private const int Retries = 5;

    public static ResiliencePipelineBuilder<HttpResponseMessage> AddHerokuRetry(
        this ResiliencePipelineBuilder<HttpResponseMessage> pipeline, TimeProvider time)
    {
        pipeline.TimeProvider = time;
        return pipeline
            .AddTimeout(Total)
            .AddRetry(new RetryStrategyOptions<HttpResponseMessage>
            {
                MaxRetryAttempts = Retries,
                BackoffType = DelayBackoffType.Exponential,
                Delay = TimeSpan.FromSeconds(0.5),
                UseJitter = true,
                ShouldHandle = attempt => ValueTask.FromResult(IsWorthRepeating(attempt, time)),
                DelayGenerator = attempt => ValueTask.FromResult(PauseAskedFor(attempt.Outcome.Result, time)),
            })
            .AddTimeout(Attempt);
    }

    private static bool IsWorthRepeating(RetryPredicateArguments<HttpResponseMessage> attempt, TimeProvider time)
    {
        var isSafe = attempt.Context.GetRequestMessage()?.IsSafe() == true;
        return attempt.Outcome switch
        {
            { Result: { } answer } when PauseAskedFor(answer, time) > LongestPause => false,
            { Result.StatusCode: HttpStatusCode.TooManyRequests } => true,
            { Result.StatusCode: HttpStatusCode.RequestTimeout or >= HttpStatusCode.InternalServerError } => isSafe,
            { Exception: HttpRequestException failure } => isSafe || failure.IsUnsent(),
            { Exception: TimeoutRejectedException or IOException } => isSafe,
            _ => false,
        };
    }

    /// <summary>What <c>Retry-After</c> says, in seconds or as a time; null: the usual pause.</summary>
    private static TimeSpan? PauseAskedFor(HttpResponseMessage? answer, TimeProvider time) => answer?.Headers.RetryAfter switch
    {
        { Delta: { } pause } => pause,
        { Date: { } date } when date > time.GetUtcNow() => date - time.GetUtcNow(),
        _ => null,
    };
}
