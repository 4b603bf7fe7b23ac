using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using ReleaseTasks.Sandbox.GitHub.Rest;
using ReleaseTasks.Sandbox.Serving;

namespace ReleaseTasks.Sandbox.GitHub;

/// <summary>GitHub: its REST API below <c>/api/v3</c>, git over HTTP below <c>/git</c>, archives below <c>/codeload</c>.</summary>
internal sealed class GitHubStandIn(GitHubWorld world, TimeProvider time, RateLimitOptions limits) : IStandIn, IAsyncDisposable
{
    public GitHubStandIn(SandboxParts parts)
        : this(new GitHubWorld(parts.Directory, parts.Clock), parts.Clock, new RateLimitOptions())
    {
    }

    public GitHubWorld World => world;

    public void Map(IEndpointRouteBuilder routes)
    {
        var api = new GitHubRoutes(routes, world, new RateLimits(limits, time));
        People.Map(api);
        Issues.Map(api);
        PullRequests.Map(api);
        Reviews.Map(api);
        Commits.Map(api);
        Checks.Map(api);
        Deployments.Map(api);
        GitDatabase.Map(api);
        Files.Map(api);
        Rules.Map(api);
        new GitPushes(world).Map(routes);
        routes.MapGet("/codeload/{owner}/{repo}/{commit}", SendArchiveAsync);
    }

    /// <remarks>The token is that of the first account, the one that owns the sample repository.</remarks>
    public IEnumerable<KeyValuePair<string, string>> Environment(Uri address)
    {
        yield return new("GITHUB_API_URL", new Uri(address, "/api/v3").ToString());
        if (world.State.Accounts is [var first, ..])
        {
            yield return new("GITHUB_TOKEN", first.Token);
        }
    }

    public ValueTask DisposeAsync()
    {
        world.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task SendArchiveAsync(HttpContext http, string owner, string repo, string commit)
    {
        var token = http.Request.Query["token"].ToString();
        if (world.FindRepository(owner, repo) is not { } repository || token != world.ArchiveTokenOf(repository, commit))
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        http.Response.ContentType = "application/x-gzip";
        http.Response.Headers.ContentDisposition = $"attachment; filename={repository.Owner}-{repository.Name}-{commit[..7]}.tar.gz";
        await world.Git.ArchiveAsync(world.Git.PathOf(repository.Owner, repository.Name), commit, http.Response.Body, http.RequestAborted);
    }
}
