using System.Net.Http.Headers;
using System.Reflection;

namespace Cake.Heroku.Http;

/// <summary>Says who asks, and in which version of the API. The token goes to the API's own address and to no other.</summary>
internal sealed class HerokuHeadersHandler(Uri address, HerokuToken token, string accept) : DelegatingHandler
{
    private static readonly ProductInfoHeaderValue Agent = new("Cake.Heroku", Assembly.GetExecutingAssembly().GetName().Version!.ToString(3));

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken ct)
    {
        if (Uri.Compare(request.RequestUri, address, UriComponents.SchemeAndServer, UriFormat.UriEscaped, StringComparison.OrdinalIgnoreCase) != 0)
        {
            throw new InvalidOperationException($"{request.RequestUri!.Host} is not {address.Host}: the token isn't sent there.");
        }

        request.Headers.Accept.ParseAdd(accept);
        request.Headers.UserAgent.Add(Agent);
        request.Headers.Authorization = new("Bearer", token.Reveal());
        request.Headers.TryAddWithoutValidation("Request-Id", Guid.NewGuid().ToString());
        if (request.Content is { } content)
        {
            // A request may be sent again, its body then has to be there again.
            await content.LoadIntoBufferAsync(ct);
        }

        return await base.SendAsync(request, ct);
    }
}
