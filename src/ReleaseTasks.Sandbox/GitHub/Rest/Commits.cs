namespace ReleaseTasks.Sandbox.GitHub.Rest;

/// <summary>Commits, branches and how two of them differ.</summary>
internal static class Commits
{
    public static void Map(GitHubRoutes routes)
    {
        routes.Get("/repos/{owner}/{repo}/commits", ListAsync);
        routes.Get("/repos/{owner}/{repo}/commits/{**rest}", DispatchAsync);
        routes.Get("/repos/{owner}/{repo}/compare/{**basehead}", CompareAsync);
        routes.Get("/repos/{owner}/{repo}/branches", ListBranchesAsync);
        routes.Get("/repos/{owner}/{repo}/branches/{**rest}", ShowBranchAsync);
    }

    /// <summary>The files that differ, each with its patch.</summary>
    public static async Task<IReadOnlyList<object>> FilesAsync(GitHubCall call, string? from, string to, CancellationToken ct)
    {
        var files = new List<object>();
        foreach (var change in await call.Git.ChangesAsync(from, to, ct))
        {
            files.Add(call.Json.Change(call.Repository, to, change, await call.Git.PatchAsync(from, to, change.Path, ct)));
        }

        return files;
    }

    private static async Task<GitHubAnswer> ListAsync(GitHubCall call, CancellationToken ct)
    {
        var start = await call.Git.FindCommitAsync(call.Query("sha") ?? call.Repository.DefaultBranch, ct) ?? throw GitHubRefusal.NotFound();
        return call.Page(await call.Git.LogAsync(start, ct), commit => call.Json.Commit(call.Repository, commit));
    }

    /// <remarks>A ref may have slashes, so what's asked of it is known only at the path's end.</remarks>
    private static Task<GitHubAnswer> DispatchAsync(GitHubCall call, CancellationToken ct)
    {
        var rest = call.Text("rest");
        var slash = rest.LastIndexOf('/');
        var name = slash < 0 ? rest : rest[..slash];
        return (slash < 0 ? "" : rest[(slash + 1)..]) switch
        {
            "status" => Checks.CombineAsync(call, name, ct),
            "statuses" => Checks.ListStatusesAsync(call, name, ct),
            "check-runs" => Checks.ListRunsAsync(call, name, ct),
            _ => ShowAsync(call, rest, ct),
        };
    }

    private static async Task<GitHubAnswer> ShowAsync(GitHubCall call, string name, CancellationToken ct)
    {
        var sha = await call.CommitAsync(name, ct);
        if (call.Accept.Contains("sha", StringComparison.Ordinal))
        {
            return GitHubAnswer.Ok(System.Text.Encoding.ASCII.GetBytes(sha)) with { ContentType = "application/vnd.github.sha; charset=utf-8" };
        }

        var commit = await call.Git.ReadCommitAsync(sha, ct);
        var parent = commit.Parents is [var first, ..] ? first : null;
        var changes = await call.Git.ChangesAsync(parent, sha, ct);
        return GitHubAnswer.Ok(call.Json.Commit(call.Repository, commit, await FilesAsync(call, parent, sha, ct), changes));
    }

    private static async Task<GitHubAnswer> CompareAsync(GitHubCall call, CancellationToken ct)
    {
        var git = call.Git;
        var range = call.Text("basehead");
        if (range.Split("...") is not [var left, var right]
            || await git.FindCommitAsync(left, ct) is not { } from
            || await git.FindCommitAsync(right, ct) is not { } to
            || await git.MergeBaseAsync(from, to, ct) is not { } parted)
        {
            throw GitHubRefusal.NotFound();
        }

        var commits = await git.LogAsync($"{from}..{to}", ct);
        return GitHubAnswer.Ok(call.Json.Comparison(
            call.Repository, range, await git.ReadCommitAsync(from, ct), await git.ReadCommitAsync(parted, ct), await git.CountAsync(from, to, ct),
            [.. commits.Reverse()], await FilesAsync(call, parted, to, ct)));
    }

    private static async Task<GitHubAnswer> ListBranchesAsync(GitHubCall call, CancellationToken ct)
    {
        var branches = await call.Git.RefsAsync("refs/heads/", ct);
        return call.Page(branches, branch => call.Json.ShortBranch(call.Repository, branch.Name["refs/heads/".Length..], branch.Id));
    }

    private static async Task<GitHubAnswer> ShowBranchAsync(GitHubCall call, CancellationToken ct)
    {
        var name = call.Text("rest");
        if (name.EndsWith("/protection", StringComparison.Ordinal))
        {
            return ShowProtection(call, name[..^"/protection".Length]);
        }

        var commit = await call.Git.FindCommitAsync($"refs/heads/{name}", ct) ?? throw new GitHubRefusal(404, "Branch not found");
        return GitHubAnswer.Ok(call.Json.Branch(call.Repository, name, await call.Git.ReadCommitAsync(commit, ct)));
    }

    private static GitHubAnswer ShowProtection(GitHubCall call, string branch) =>
        call.Repository.Protections.GetValueOrDefault(branch) is { } protection
            ? GitHubAnswer.Ok(call.Json.Protection(call.Repository, branch, protection))
            : throw new GitHubRefusal(404, "Branch not protected");
}
