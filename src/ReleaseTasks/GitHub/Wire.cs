using System.Net.Http.Headers;

namespace ReleaseTasks.GitHub;

/// <summary>Next to the wire: tells the exchange what goes and comes, gives up on a silent answer, and repairs what Octokit sends.</summary>
internal sealed class Wire(TimeSpan timeout, TimeProvider time, HttpMessageHandler inner) : DelegatingHandler(inner)
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        // Octokit declares its JSON to be a form: GitHub puts up with that, relays and stand-ins don't.
        if (request.Content?.Headers.ContentType?.MediaType == "application/x-www-form-urlencoded")
        {
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json", "utf-8");
        }

        Exchange.Current?.Sending(request);
        var response = await InTimeAsync(request, cancellationToken);
        Exchange.Current?.Received(response);
        return response;
    }

    private async Task<HttpResponseMessage> InTimeAsync(HttpRequestMessage request, CancellationToken ct)
    {
        using var late = new CancellationTokenSource(timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, late.Token);
        try
        {
            var response = await base.SendAsync(request, either.Token);
            if (response.Content.Headers.ContentType?.MediaType?.EndsWith("json", StringComparison.Ordinal) == true)
            {
                await response.Content.LoadIntoBufferAsync(either.Token);
            }

            return response;
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw new HttpRequestException($"no answer within {timeout}.");
        }
    }
}
