using System.Net;

namespace ReleaseTasks.Chat;

/// <summary>Posts one message, once, and tells honestly what came of it; the address is never shown.</summary>
internal sealed class Post(HttpClient http, TimeSpan timeout, TimeProvider time)
{
    /// <param name="create">Makes the request.</param>
    /// <param name="read">Reads what the service says of a request that it answered below 500.</param>
    /// <param name="ct">Ends the wait.</param>
    public async Task<Notification> SendAsync(
        Func<HttpRequestMessage> create, Func<HttpStatusCode, string, Notification> read, CancellationToken ct)
    {
        using var late = new CancellationTokenSource(timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, late.Token);
        try
        {
            using var request = create();
            using var response = await http.SendAsync(request, either.Token);
            var body = await response.Content.ReadAsStringAsync(either.Token);
            return Read(response.StatusCode, body, read);
        }
        catch (HttpRequestException e) when (e.HttpRequestError is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError)
        {
            return new Notification.NotSent("the chat service can't be reached.");
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            return new Notification.MayHaveBeenSent("the connection broke before the chat service answered.");
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return new Notification.MayHaveBeenSent($"the chat service did not answer within {timeout}.");
        }
    }

    private static Notification Read(HttpStatusCode status, string body, Func<HttpStatusCode, string, Notification> read) => status switch
    {
        >= HttpStatusCode.InternalServerError => new Notification.MayHaveBeenSent($"the chat service answered {(int)status}."),
        HttpStatusCode.TooManyRequests => new Notification.NotSent("the chat service is asked too often (429)."),
        _ => read(status, body),
    };
}
