using System.Net.Http.Headers;
using ReleaseTasks.Http;

namespace ReleaseTasks.GitHub;

/// <summary>
/// Next to the wire: tells the exchange what goes and comes, repairs what Octokit sends, and lets the token go to GitHub's own address
/// alone.
/// </summary>
internal sealed class Wire(Uri address) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Exchange.Current?.Sending(request);
        if (request.Headers.Authorization is not null && !request.RequestUri!.IsAt(address))
        {
            throw new InvalidOperationException($"{request.RequestUri!.Authority} is not {address.Authority}: the token isn't sent there.");
        }

        // Octokit declares its JSON to be a form: GitHub puts up with that, relays and stand-ins don't.
        if (request.Content?.Headers.ContentType?.MediaType == "application/x-www-form-urlencoded")
        {
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json", "utf-8");
        }

        var response = await base.SendAsync(request, cancellationToken);
        Exchange.Current?.Received(response);
        return response;
    }
}
