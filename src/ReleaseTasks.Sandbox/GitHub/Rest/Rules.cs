namespace ReleaseTasks.Sandbox.GitHub.Rest;

/// <summary>What a repository has besides: rule sets for its branches, and the events of an issue.</summary>
/// <remarks>This world makes no rule sets and keeps no events: both lists are empty, as they may be on GitHub.</remarks>
internal static class Rules
{
    public static void Map(GitHubRoutes routes)
    {
        routes.Get("/repos/{owner}/{repo}/rules/branches/{**branch}", (call, _) => Nothing(call));
        routes.Get("/repos/{owner}/{repo}/issues/{number}/events", ListEvents);
    }

    private static Task<GitHubAnswer> ListEvents(GitHubCall call, CancellationToken ct)
    {
        _ = call.Issue;
        return Nothing(call);
    }

    private static Task<GitHubAnswer> Nothing(GitHubCall call)
    {
        _ = call.Repository;
        return Task.FromResult(call.Page<object>([], nothing => nothing));
    }
}
