using System.Net;
using Polly;
using Polly.Retry;
using Polly.Timeout;

namespace ReleaseTasks.Http;

/// <summary>
/// Repeats what is safe to repeat: a question that got no proper answer, and what the rate limiter turned away, which happens before it has
/// an effect. A change that failed otherwise may have happened: its caller reads again.
/// </summary>
/// <param name="Service">For people, such as <c>GitHub</c>.</param>
internal sealed record ServiceRetry(string Service)
{
    private const int Retries = 3;

    /// <summary>A longer pause is the caller's to decide on.</summary>
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(5);

    /// <summary>A pause that somebody who looks on would wonder about.</summary>
    private static readonly TimeSpan LongPause = TimeSpan.FromSeconds(10);

    /// <summary>How long one attempt may take, by the machine's clock. Default: 30 seconds.</summary>
    public TimeSpan Attempt { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Whether a change that the rate limiter turned away is sent again. Default: false.</summary>
    public bool RepeatsChanges { get; init; }

    /// <param name="time">Tells how long a pause is.</param>
    /// <param name="say">Takes a line for people when one is long.</param>
    public ResiliencePipeline<HttpResponseMessage> Build(TimeProvider time, Action<string> say) =>
        new ResiliencePipelineBuilder<HttpResponseMessage> { TimeProvider = time }
            .AddRetry(new RetryStrategyOptions<HttpResponseMessage>
            {
                MaxRetryAttempts = Retries,
                BackoffType = DelayBackoffType.Exponential,
                Delay = TimeSpan.FromSeconds(1),
                UseJitter = true,
                ShouldHandle = attempt => IsWorthRepeatingAsync(attempt, time),
                DelayGenerator = attempt => PauseAsync(attempt.Outcome.Result, attempt.AttemptNumber, time),
                OnRetry = attempt => Tell(attempt, say),
            })
            .AddPipeline(new ResiliencePipelineBuilder<HttpResponseMessage>().AddTimeout(Attempt).Build())
            .Build();

    private async ValueTask<bool> IsWorthRepeatingAsync(RetryPredicateArguments<HttpResponseMessage> attempt, TimeProvider time)
    {
        var isQuestion = attempt.Context.GetRequestMessage()?.Method == HttpMethod.Get;
        return attempt.Outcome switch
        {
            { Result: { } answer } when await PauseAsync(answer, attempt.AttemptNumber, time) > LongestPause => false,
            { Result: { } answer } when await RateLimit.TurnedAwayAsync(answer) => isQuestion || RepeatsChanges,
            { Result.StatusCode: HttpStatusCode.RequestTimeout or >= HttpStatusCode.InternalServerError } => isQuestion,
            { Exception: HttpRequestException or IOException or TimeoutRejectedException } => isQuestion,
            _ => false,
        };
    }

    /// <summary>Null: the usual one.</summary>
    private static async ValueTask<TimeSpan?> PauseAsync(HttpResponseMessage? answer, int attempt, TimeProvider time) =>
        answer is null ? null
        : RateLimit.PauseAskedFor(answer, time.GetUtcNow()) is { } asked ? asked
        : await RateLimit.TurnedAwayAsync(answer) ? RateLimit.UsualPause * Math.Pow(2, attempt)
        : null;

    private ValueTask Tell(OnRetryArguments<HttpResponseMessage> attempt, Action<string> say)
    {
        if (attempt.RetryDelay >= LongPause)
        {
            say($"{Service} asks for a pause: going on in {Math.Ceiling(attempt.RetryDelay.TotalSeconds)} seconds.");
        }
        else if (attempt.Outcome.Exception is TimeoutRejectedException)
        {
            var request = attempt.Context.GetRequestMessage();
            var what = $"{request?.Method} {request?.RequestUri?.AbsolutePath}";
            say($"{Service} did not answer {what} within {Attempt.TotalSeconds} seconds: asking again.");
        }

        return default;
    }
}
