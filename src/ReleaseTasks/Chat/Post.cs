using System.Net;
using ReleaseTasks.Http;

namespace ReleaseTasks.Chat;

/// <summary>Posts one message to a webhook, once, and tells honestly what came of it; the address is never shown.</summary>
internal sealed class Post(HttpClient http)
{
    /// <param name="address">A secret.</param>
    /// <param name="content">What is posted.</param>
    /// <param name="read">Reads what the service says of a request that it answered below 500.</param>
    /// <param name="ct">Ends the wait.</param>
    public async Task<Notification> SendAsync(
        Uri address, HttpContent content, Func<HttpStatusCode, string, Notification> read, CancellationToken ct)
    {
        try
        {
            using var response = await http.PostAsync(address, content, ct);
            var body = await response.Content.ReadAsStringAsync(ct);
            return Read(response.StatusCode, body, read);
        }
        catch (HttpRequestException e) when (e.NeverLeft)
        {
            return new Notification.NotSent("the chat service can't be reached.");
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            return new Notification.MayHaveBeenSent("the chat service did not answer.");
        }
    }

    private static Notification Read(HttpStatusCode status, string body, Func<HttpStatusCode, string, Notification> read) => status switch
    {
        >= HttpStatusCode.InternalServerError => new Notification.MayHaveBeenSent($"the chat service answered {(int)status}."),
        HttpStatusCode.TooManyRequests => new Notification.NotSent("the chat service is asked too often (429)."),
        _ => read(status, body),
    };
}
