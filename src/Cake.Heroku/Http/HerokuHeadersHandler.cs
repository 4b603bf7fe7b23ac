using System.Net.Http.Headers;
using System.Reflection;

namespace Cake.Heroku.Http;

/// <summary>
/// Says who asks, and in which version of the API. The token goes to the API's own address and to no other, and only encrypted where it
/// leaves this machine.
/// </summary>
internal sealed class HerokuHeadersHandler(Uri address, HerokuToken token, string accept) : DelegatingHandler
{
    private static readonly string Version = Assembly.GetExecutingAssembly().GetName().Version!.ToString(3);

    private readonly Uri _address = address.Scheme == Uri.UriSchemeHttps || address.IsLoopback
        ? address
        : throw new HerokuConfigurationException($"'{address.Authority}' would get the token unencrypted. Write https://.");

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken ct)
    {
        if (!IsOurs(request.RequestUri!))
        {
            throw new InvalidOperationException($"{request.RequestUri!.Host} is not {_address.Host}: the token isn't sent there.");
        }

        request.Headers.Accept.ParseAdd(accept);
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("Cake.Heroku", Version));
        request.Headers.Authorization = new("Bearer", token.Reveal());
        request.Headers.TryAddWithoutValidation("Request-Id", Guid.NewGuid().ToString());
        if (request.Content is { } content)
        {
            // A request may be sent again, its body then has to be there again.
            await content.LoadIntoBufferAsync(ct);
        }

        return await base.SendAsync(request, ct);
    }

    private bool IsOurs(Uri target) =>
        Uri.Compare(target, _address, UriComponents.SchemeAndServer, UriFormat.UriEscaped, StringComparison.OrdinalIgnoreCase) == 0;
}
