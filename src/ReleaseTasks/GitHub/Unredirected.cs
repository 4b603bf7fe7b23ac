using System.Net;

namespace ReleaseTasks.GitHub;

/// <summary>
/// Octokit would follow a redirect, and take the token along to another port or an unencrypted connection of the same host.
/// </summary>
internal sealed class Unredirected : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        if (!Redirects(response))
        {
            return response;
        }

        using (response)
        {
            throw Exchange.Current!.Refused(
                "it has moved, and the token isn't sent along a redirect; name the repository as it is called now");
        }
    }

    public static bool Redirects(HttpResponseMessage response) =>
        response.StatusCode is HttpStatusCode.MovedPermanently
            or HttpStatusCode.Found
            or HttpStatusCode.SeeOther
            or HttpStatusCode.TemporaryRedirect
            or HttpStatusCode.PermanentRedirect;
}
