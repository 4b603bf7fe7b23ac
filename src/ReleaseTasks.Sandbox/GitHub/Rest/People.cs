namespace ReleaseTasks.Sandbox.GitHub.Rest;

/// <summary>Who there is, who asks, and what they may do.</summary>
internal static class People
{
    public static void Map(GitHubRoutes routes)
    {
        routes.Get("/user", ShowViewer);
        routes.Get("/users/{login}", Show);
        routes.Get("/rate_limit", ShowLimits);
        routes.Get("/repos/{owner}/{repo}", ShowRepository);
        routes.Get("/repos/{owner}/{repo}/collaborators", ListCollaborators);
        routes.Get("/repos/{owner}/{repo}/collaborators/{login}", CheckCollaborator);
        routes.Get("/repos/{owner}/{repo}/collaborators/{login}/permission", ShowPermission);
    }

    /// <remarks>An installation's token stands for an app, and an app is no user.</remarks>
    private static Task<GitHubAnswer> ShowViewer(GitHubCall call, CancellationToken ct) => call.Viewer.IsBot
        ? throw new GitHubRefusal(403, "Resource not accessible by integration")
        : Answer(call.Json.FullUser(call.Viewer, toItself: true));

    private static Task<GitHubAnswer> Show(GitHubCall call, CancellationToken ct) => Answer(call.Json.FullUser(AccountOf(call), toItself: false));

    private static Task<GitHubAnswer> ShowLimits(GitHubCall call, CancellationToken ct)
    {
        var (limit, used, reset) = call.Limits.Of(call.ViewerOrNobody);
        var core = new { limit, used, remaining = limit - used, reset };
        var search = new { limit = 30, used = 0, remaining = 30, reset };
        return Answer(new { resources = new { core, search }, rate = core });
    }

    private static Task<GitHubAnswer> ShowRepository(GitHubCall call, CancellationToken ct) =>
        Answer(call.Json.Repository(call.Repository, call.ViewerOrNobody));

    private static Task<GitHubAnswer> ListCollaborators(GitHubCall call, CancellationToken ct)
    {
        var repository = call.WritableRepository;
        var people = call.World.State.Accounts.Where(account => GitHubWorld.RoleOf(account, repository) != "none");
        return Task.FromResult(call.Page(people, account => call.Json.Collaborator(account, GitHubWorld.RoleOf(account, repository))));
    }

    private static Task<GitHubAnswer> CheckCollaborator(GitHubCall call, CancellationToken ct) =>
        GitHubWorld.RoleOf(AccountOf(call), call.Repository) != "none"
            ? Task.FromResult(GitHubAnswer.NoContent)
            : throw GitHubRefusal.NotFound();

    private static Task<GitHubAnswer> ShowPermission(GitHubCall call, CancellationToken ct)
    {
        var account = AccountOf(call);
        return Answer(call.Json.Permission(account, GitHubWorld.RoleOf(account, call.Repository)));
    }

    private static Account AccountOf(GitHubCall call) => call.World.FindAccount(call.Text("login")) ?? throw GitHubRefusal.NotFound();

    private static Task<GitHubAnswer> Answer(object body) => Task.FromResult(GitHubAnswer.Ok(body));
}
