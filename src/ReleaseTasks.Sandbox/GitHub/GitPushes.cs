using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ReleaseTasks.Sandbox.GitHub;

/// <summary>Clones, fetches and pushes of GitHub's repositories: <c>/git/{owner}/{repo}.git</c>.</summary>
internal sealed class GitPushes(GitHubWorld world)
{
    public void Map(IEndpointRouteBuilder routes) =>
        routes.MapMethods("/git/{owner}/{repo}.git/{**rest}", ["GET", "POST"], ServeAsync);

    private async Task ServeAsync(HttpContext http, string owner, string repo, string rest)
    {
        var ct = http.RequestAborted;
        if (Credentials.TokenOf(http.Request) is not { } token || world.FindAccountByToken(token) is not { } viewer)
        {
            // git asks anonymously first and comes back with its credentials only when it's told to.
            http.Response.StatusCode = StatusCodes.Status401Unauthorized;
            http.Response.Headers.WWWAuthenticate = "Basic realm=\"GitHub\"";
            return;
        }

        // What the last sandbox left half done is put right before anything else moves.
        (await world.EnterAsync(ct)).Dispose();
        var pushes = rest == "git-receive-pack" || http.Request.Query["service"] == "git-receive-pack";
        if (world.FindRepository(owner, repo) is not { } repository || GitHubWorld.RoleOf(viewer, repository) == "none")
        {
            await RefuseAsync(http, StatusCodes.Status404NotFound, "Repository not found.");
            return;
        }

        if (pushes && !GitHubWorld.MayWrite(viewer, repository))
        {
            await RefuseAsync(http, StatusCodes.Status403Forbidden, $"Permission to {repository.FullName}.git denied to {viewer.Login}.");
            return;
        }

        await GitHttp.ServeAsync(http, world.Git.PathOf(repository.Owner, repository.Name), rest, viewer.Login);
        if (rest == "git-receive-pack")
        {
            using var locked = await world.EnterAsync(CancellationToken.None); // the refs have moved, whether the client still listens or not
            await world.RefsMovedAsync(repository, CancellationToken.None);
        }
    }

    private static Task RefuseAsync(HttpContext http, int status, string message)
    {
        http.Response.StatusCode = status;
        return http.Response.WriteAsync(message + "\n", http.RequestAborted);
    }
}
