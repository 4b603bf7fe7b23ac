namespace ReleaseTasks.Sandbox.Tests.Heroku;

/// <summary>Compares each exchange with what Heroku publishes, and keeps what differs.</summary>
internal sealed class CheckingHandler(List<string> violations) : DelegatingHandler(new HttpClientHandler { AllowAutoRedirect = false })
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var sent = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
        var response = await base.SendAsync(request, cancellationToken);
        if (HerokuShapes.OrNull is { } shapes && response.Content.Headers.ContentType?.MediaType == "application/json")
        {
            await response.Content.LoadIntoBufferAsync(cancellationToken);
            var answer = await response.Content.ReadAsStringAsync(cancellationToken);
            lock (violations)
            {
                violations.AddRange(shapes.Check(request.Method.Method, request.RequestUri!.AbsolutePath, (int)response.StatusCode, sent, answer));
            }
        }

        return response;
    }
}
