using System.Text;

namespace ReleaseTasks.Sandbox.GitHub.Rest;

/// <summary>Pull requests: opening, changing, merging.</summary>
internal static class PullRequests
{
    public static void Map(GitHubRoutes routes)
    {
        routes.Get("/repos/{owner}/{repo}/pulls", List);
        routes.Post("/repos/{owner}/{repo}/pulls", CreateAsync);
        routes.Get("/repos/{owner}/{repo}/pulls/{number}", ShowAsync);
        routes.Patch("/repos/{owner}/{repo}/pulls/{number}", UpdateAsync);
        routes.Get("/repos/{owner}/{repo}/pulls/{number}/merge", CheckMerged);
        routes.Put("/repos/{owner}/{repo}/pulls/{number}/merge", MergeAsync);
        routes.Put("/repos/{owner}/{repo}/pulls/{number}/update-branch", UpdateBranchAsync);
        routes.Get("/repos/{owner}/{repo}/pulls/{number}/commits", ListCommitsAsync);
        routes.Get("/repos/{owner}/{repo}/pulls/{number}/files", ListFilesAsync);
        routes.Get("/repos/{owner}/{repo}/commits/{sha}/pulls", ListOfCommit);
    }

    private static Task<GitHubAnswer> List(GitHubCall call, CancellationToken ct)
    {
        var repository = call.Repository;
        var state = call.Query("state") ?? "open";
        var found = repository.Issues
            .Where(issue => issue.Pull is not null && (state == "all" || issue.State == state))
            .Where(issue => call.Query("base") is not { } target || issue.Pull!.Base == target)
            .Where(issue => call.Query("head") is not { } head || $"{repository.Owner}:{issue.Pull!.Head}" == head)
            .OrderBy(issue => call.Query("sort") == "updated" ? issue.UpdatedAt : issue.CreatedAt)
            .ThenBy(issue => issue.Number);
        // Newest first, unless another order was asked for.
        var ascending = (call.Query("direction") ?? (call.Query("sort") is null or "created" ? "desc" : "asc")) == "asc";
        return Task.FromResult(call.Page(ascending ? found : found.Reverse(), issue => call.Json.Pull(repository, issue)));
    }

    private static async Task<GitHubAnswer> CreateAsync(GitHubCall call, CancellationToken ct)
    {
        var body = call.Body;
        var (head, target) = (body.NeededText("head"), body.NeededText("base"));
        if (body.Text("title") is not { Length: > 0 } title)
        {
            throw GitHubRefusal.Invalid("PullRequest", "title", "missing_field");
        }

        var issue = await call.World.NewPullRequestAsync(
            call.WritableRepository, call.Viewer, head, target, title, body.Text("body"), body.Flag("draft") ?? false, ct);
        return GitHubAnswer.Created(await FullAsync(call, issue, ct));
    }

    private static async Task<GitHubAnswer> ShowAsync(GitHubCall call, CancellationToken ct)
    {
        var issue = call.PullRequest;
        if (call.Accept.Contains("diff", StringComparison.Ordinal))
        {
            var diff = await call.Git.DiffAsync(await StartAsync(call, issue, ct), issue.Pull!.HeadSha, ct);
            return GitHubAnswer.Ok(Encoding.UTF8.GetBytes(diff + "\n")) with { ContentType = "application/vnd.github.v3.diff; charset=utf-8" };
        }

        return GitHubAnswer.Ok(await FullAsync(call, issue, ct));
    }

    private static async Task<GitHubAnswer> UpdateAsync(GitHubCall call, CancellationToken ct)
    {
        var issue = call.PullRequest;
        var pull = issue.Pull!;
        if (call.Body.Text("base") is { } target && target != pull.Base)
        {
            pull.BaseSha = await call.Git.FindCommitAsync($"refs/heads/{target}", ct) ?? throw GitHubRefusal.Invalid("PullRequest", "base");
            pull.Base = target;
        }

        if (call.Body.Text("state") == "open" && issue.State == "closed")
        {
            await RefuseReopeningAsync(call, pull, ct);
        }

        Issues.Change(call, issue);
        return GitHubAnswer.Ok(await FullAsync(call, issue, ct));
    }

    private static async Task RefuseReopeningAsync(GitHubCall call, PullRequest pull, CancellationToken ct)
    {
        if (pull.MergedAt is not null)
        {
            throw GitHubRefusal.Custom("PullRequest", "state cannot be changed. The pull request cannot be reopened.");
        }

        if (await call.Git.FindCommitAsync($"refs/heads/{pull.Head}", ct) is null)
        {
            throw GitHubRefusal.Custom("PullRequest", $"state cannot be changed. The {pull.Head} branch has been deleted.");
        }
    }

    private static Task<GitHubAnswer> CheckMerged(GitHubCall call, CancellationToken ct) =>
        call.PullRequest.Pull!.MergedAt is not null ? Task.FromResult(GitHubAnswer.NoContent) : throw GitHubRefusal.NotFound();

    private static async Task<GitHubAnswer> MergeAsync(GitHubCall call, CancellationToken ct)
    {
        var issue = call.PullRequest;
        var body = call.Body;
        var request = new MergeRequest(
            body.Choice("merge_method", "merge", "squash", "rebase") ?? "merge", body.Text("commit_title"), body.Text("commit_message"));
        var repository = call.WritableRepository;
        if (issue.State == "open" && body.Text("sha") is { } pinned && pinned != issue.Pull!.HeadSha)
        {
            throw new GitHubRefusal(409, "Head branch was modified. Review and try the merge again.");
        }

        var sha = await call.World.MergePullRequestAsync(repository, issue, call.Viewer, request, ct);
        return GitHubAnswer.Ok(new { sha, merged = true, message = "Pull Request successfully merged" });
    }

    private static async Task<GitHubAnswer> UpdateBranchAsync(GitHubCall call, CancellationToken ct)
    {
        var issue = call.PullRequest;
        var pull = issue.Pull!;
        var (repository, git) = (call.WritableRepository, call.Git);
        if (call.Body.Text("expected_head_sha") is { } expected && expected != pull.HeadSha)
        {
            throw new GitHubRefusal(422, "expected head sha didn’t match current head ref.");
        }

        var target = await call.CommitAsync($"refs/heads/{pull.Base}", ct);
        if (await git.ContainsAsync(pull.HeadSha, target, ct))
        {
            throw new GitHubRefusal(422, "There are no new commits on the base branch.");
        }

        var tree = await git.MergeTreeAsync(target, pull.HeadSha, ct) ?? throw new GitHubRefusal(422, "merge conflict between base and head");
        var author = call.World.SignatureOf(call.Viewer);
        var merged = await git.WriteCommitAsync(
            tree, [pull.HeadSha, target], $"Merge branch '{pull.Base}' into {pull.Head}", author, author, ct);
        await git.TryMoveRefAsync($"refs/heads/{pull.Head}", pull.HeadSha, merged, ct);
        await call.World.RefsMovedAsync(repository, ct);
        return new GitHubAnswer(202, new { message = "Updating pull request branch.", url = $"https://github.com/repos/{repository.FullName}/pulls/{issue.Number}" });
    }

    private static async Task<GitHubAnswer> ListCommitsAsync(GitHubCall call, CancellationToken ct)
    {
        var issue = call.PullRequest;
        var commits = await CommitsAsync(call, issue, ct);
        return call.Page(commits.Reverse(), commit => call.Json.Commit(call.Repository, commit));
    }

    private static async Task<GitHubAnswer> ListFilesAsync(GitHubCall call, CancellationToken ct)
    {
        var issue = call.PullRequest;
        var start = await StartAsync(call, issue, ct);
        return call.Page(await Commits.FilesAsync(call, start, issue.Pull!.HeadSha, ct), file => file);
    }

    private static Task<GitHubAnswer> ListOfCommit(GitHubCall call, CancellationToken ct)
    {
        var sha = call.Text("sha");
        var found = call.Repository.Issues.Where(issue => issue.Pull is { } pull && (pull.HeadSha == sha || pull.MergeCommit == sha));
        return Task.FromResult(call.Page(found, issue => call.Json.Pull(call.Repository, issue)));
    }

    private static async Task<object> FullAsync(GitHubCall call, Issue issue, CancellationToken ct)
    {
        var mergeability = await call.World.MergeabilityAsync(call.Repository, issue, ct);
        var commits = await CommitsAsync(call, issue, ct);
        var changes = await call.Git.ChangesAsync(await StartAsync(call, issue, ct), issue.Pull!.HeadSha, ct);
        return call.Json.FullPull(call.Repository, issue, mergeability, commits.Count, changes);
    }

    private static async Task<IReadOnlyList<GitCommit>> CommitsAsync(GitHubCall call, Issue issue, CancellationToken ct) =>
        await call.Git.LogAsync($"{issue.Pull!.BaseSha}..{issue.Pull.HeadSha}", ct);

    /// <summary>Where the branch parted from its base.</summary>
    private static async Task<string> StartAsync(GitHubCall call, Issue issue, CancellationToken ct) =>
        await call.Git.MergeBaseAsync(issue.Pull!.BaseSha, issue.Pull.HeadSha, ct) ?? issue.Pull.BaseSha;
}
