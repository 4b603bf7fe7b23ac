using Microsoft.Extensions.Http.Resilience;
using Polly.Timeout;

namespace ReleaseTasks.Http;

/// <summary>The connection to a service: patient, and along no redirect, for what is sent carries a token or a secret address.</summary>
internal static class ServiceHttp
{
    /// <param name="retry">What is repeated, and when.</param>
    /// <param name="time">Tells how long a pause is.</param>
    /// <param name="say">Takes a line for people when one is long.</param>
    /// <param name="wire">What each attempt passes through next to the wire, outermost first.</param>
    public static HttpClient Connect(ServiceRetry retry, TimeProvider time, Action<string> say, params DelegatingHandler[] wire) =>
        new(Handlers(retry, time, say, wire)) { Timeout = Timeout.InfiniteTimeSpan };

    /// <inheritdoc cref="Connect"/>
    public static HttpMessageHandler Handlers(ServiceRetry retry, TimeProvider time, Action<string> say, params DelegatingHandler[] wire)
    {
        HttpMessageHandler connection = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        };
        DelegatingHandler[] outermostFirst = [new InTime(), new ResilienceHandler(retry.Build(time, say)), .. wire, new WholeAnswer()];
        foreach (var handler in outermostFirst.Reverse())
        {
            handler.InnerHandler = connection;
            connection = handler;
        }

        return connection;
    }

    /// <summary>An answer that never came is one more way of not being reached.</summary>
    private sealed class InTime : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken ct)
        {
            try
            {
                return await base.SendAsync(request, ct);
            }
            catch (TimeoutRejectedException e)
            {
                throw new HttpRequestException(HttpRequestError.ResponseEnded, $"no answer within {e.Timeout.TotalSeconds} seconds.", e);
            }
        }
    }

    /// <summary>Reads an answer to its end, so that one that breaks off half way is repeated, or not, like one that never came.</summary>
    private sealed class WholeAnswer : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken ct)
        {
            var response = await base.SendAsync(request, ct);
            try
            {
                if (IsText(response))
                {
                    await response.Content.LoadIntoBufferAsync(ct);
                }

                return response;
            }
            catch
            {
                response.Dispose();
                throw;
            }
        }

        /// <summary>Archives are read by who asked for them.</summary>
        private static bool IsText(HttpResponseMessage response) =>
            response.Content.Headers.ContentType?.MediaType is { } type
            && (type.StartsWith("text/", StringComparison.Ordinal) || type.EndsWith("json", StringComparison.Ordinal));
    }
}
