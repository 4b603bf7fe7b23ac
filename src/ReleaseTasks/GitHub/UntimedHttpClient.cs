using Octokit.Internal;

namespace ReleaseTasks.GitHub;

/// <summary>
/// Octokit gives a request 100 seconds, pauses included, and takes no token: the handlers count time themselves, and the exchange knows
/// when to stop.
/// </summary>
internal sealed class UntimedHttpClient(HttpMessageHandler handlers) : IHttpClient
{
    private readonly HttpClientAdapter _inner = Untimed(new(() => handlers));

    public Task<Octokit.IResponse> Send(
        IRequest request, CancellationToken cancellationToken, Func<object, object>? preprocessResponseBody = null)
    {
        ((Request)request).Timeout = TimeSpan.Zero;
        return _inner.Send(request, Exchange.Current?.Stopping ?? cancellationToken, preprocessResponseBody);
    }

    public void SetRequestTimeout(TimeSpan timeout) => _inner.SetRequestTimeout(timeout);

    public void Dispose() => _inner.Dispose();

    private static HttpClientAdapter Untimed(HttpClientAdapter client)
    {
        client.SetRequestTimeout(Timeout.InfiniteTimeSpan);
        return client;
    }
}
