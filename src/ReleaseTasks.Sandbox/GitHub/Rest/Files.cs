namespace ReleaseTasks.Sandbox.GitHub.Rest;

/// <summary>A repository's files, one by one or all in an archive.</summary>
internal static class Files
{
    public static void Map(GitHubRoutes routes)
    {
        routes.Get("/repos/{owner}/{repo}/contents/{**path}", ShowAsync);
        routes.Get("/repos/{owner}/{repo}/tarball/{**ref}", RedirectToArchiveAsync);
    }

    private static async Task<GitHubAnswer> ShowAsync(GitHubCall call, CancellationToken ct)
    {
        var git = call.Git;
        var commit = await git.FindCommitAsync(call.Query("ref") ?? call.Repository.DefaultBranch, ct)
            ?? throw new GitHubRefusal(404, $"No commit found for the ref {call.Query("ref")}");
        var path = call.Text("path").Trim('/');
        var all = await git.TreeAsync(commit, recursive: true, ct);
        if (path.Length > 0 && all.FirstOrDefault(entry => entry.Path == path) is { Kind: "blob" } file)
        {
            var bytes = await git.ReadBlobAsync(file.Id, ct);
            return call.Accept.Contains("raw", StringComparison.Ordinal)
                ? GitHubAnswer.Ok(bytes) with { ContentType = "application/vnd.github.raw; charset=utf-8" }
                : GitHubAnswer.Ok(call.Json.FileContent(call.Repository, commit, path, file, bytes));
        }

        var prefix = path.Length == 0 ? "" : path + "/";
        var inside = all.Where(entry => entry.Path.StartsWith(prefix, StringComparison.Ordinal) && !entry.Path[prefix.Length..].Contains('/')).ToList();
        return inside.Count > 0
            ? GitHubAnswer.Ok(inside.Select(entry => call.Json.Content(call.Repository, commit, entry.Path, entry)).ToList())
            : throw GitHubRefusal.NotFound();
    }

    /// <remarks>The real one leads to another host with a token of its own in the address; ours stays here and names the commit.</remarks>
    private static async Task<GitHubAnswer> RedirectToArchiveAsync(GitHubCall call, CancellationToken ct)
    {
        var name = call.Text("ref") is { Length: > 0 } wanted ? wanted : call.Repository.DefaultBranch;
        var commit = await call.Git.FindCommitAsync(name, ct) ?? throw GitHubRefusal.NotFound();
        return new GitHubAnswer(302, null) { Headers = new Dictionary<string, string> { ["Location"] = call.ArchiveAddress(commit) } };
    }
}
