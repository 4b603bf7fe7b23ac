namespace ReleaseTasks.Sandbox.GitHub.Rest;

/// <summary>Deployments and what became of them.</summary>
internal static class Deployments
{
    public static void Map(GitHubRoutes routes)
    {
        routes.Get("/repos/{owner}/{repo}/deployments", List);
        routes.Post("/repos/{owner}/{repo}/deployments", CreateAsync);
        routes.Get("/repos/{owner}/{repo}/deployments/{deployment}", Show);
        routes.Delete("/repos/{owner}/{repo}/deployments/{deployment}", Delete);
        routes.Get("/repos/{owner}/{repo}/deployments/{deployment}/statuses", ListStatuses);
        routes.Post("/repos/{owner}/{repo}/deployments/{deployment}/statuses", CreateStatus);
        routes.Get("/repos/{owner}/{repo}/deployments/{deployment}/statuses/{status}", ShowStatus);
    }

    private static Task<GitHubAnswer> List(GitHubCall call, CancellationToken ct)
    {
        var found = call.Repository.Deployments
            .Where(deployment => call.Query("sha") is not { } sha || deployment.Sha == sha)
            .Where(deployment => call.Query("ref") is not { } name || deployment.Ref == name)
            .Where(deployment => call.Query("task") is not { } task || deployment.Task == task)
            .Where(deployment => call.Query("environment") is not { } environment || deployment.Environment == environment)
            .Reverse();
        return Task.FromResult(call.Page(found, deployment => call.Json.Deployment(call.Repository, deployment)));
    }

    private static async Task<GitHubAnswer> CreateAsync(GitHubCall call, CancellationToken ct)
    {
        var repository = call.WritableRepository;
        var body = call.Body;
        var name = body.NeededText("ref");
        var sha = await call.Git.FindCommitAsync(name, ct) ?? throw new GitHubRefusal(422, $"No ref found for: {name}");
        if (body.Flag("auto_merge") != false && await MergeDefaultBranchAsync(call, name, sha, ct))
        {
            return new GitHubAnswer(202, new { message = $"Auto-merged {repository.DefaultBranch} into {name} on deployment." });
        }

        RefuseUnchecked(repository, name, sha, body.Texts("required_contexts"));
        var environment = body.Text("environment") ?? "production";
        var deployment = new Deployment
        {
            Id = call.World.NextId(),
            Sha = sha,
            Ref = name,
            Task = body.Text("task") ?? "deploy",
            Environment = environment,
            Description = body.Text("description"),
            Payload = body.Raw("payload") ?? "{}",
            Transient = body.Flag("transient_environment") ?? false,
            Production = body.Flag("production_environment") ?? environment == "production",
            Creator = call.Viewer.Id,
            CreatedAt = call.World.Now,
        };
        repository.Deployments.Add(deployment);
        return GitHubAnswer.Created(call.Json.Deployment(repository, deployment));
    }

    /// <summary>Brings a branch that's behind the default branch up to date instead of deploying it.</summary>
    private static async Task<bool> MergeDefaultBranchAsync(GitHubCall call, string branch, string sha, CancellationToken ct)
    {
        var (git, main) = (call.Git, call.Repository.DefaultBranch);
        var newest = await git.FindCommitAsync($"refs/heads/{main}", ct);
        if (newest is null || await git.FindCommitAsync($"refs/heads/{branch}", ct) is null || await git.ContainsAsync(sha, newest, ct))
        {
            return false;
        }

        var tree = await git.MergeTreeAsync(sha, newest, ct) ?? throw new GitHubRefusal(409, $"Conflict merging {main} into {branch}.");
        var author = call.World.SignatureOf(call.Viewer);
        var merged = await git.WriteCommitAsync(tree, [sha, newest], $"Merge branch '{main}' into {branch}", author, author, ct);
        await git.TryMoveRefAsync($"refs/heads/{branch}", sha, merged, ct);
        await call.World.RefsMovedAsync(call.Repository, ct);
        return true;
    }

    /// <remarks>Without a list every context that the commit has must be green; an empty list asks for nothing.</remarks>
    private static void RefuseUnchecked(Repository repository, string name, string sha, IReadOnlyList<string>? required)
    {
        var contexts = GitHubWorld.ContextsOf(repository, sha);
        var red = (required ?? [.. contexts.Keys]).Where(context => contexts.GetValueOrDefault(context) != "success").ToList();
        if (red.Count > 0)
        {
            var states = (required ?? [.. contexts.Keys]).Select(context => new { context, state = contexts.GetValueOrDefault(context, "pending") });
            throw new GitHubRefusal(
                409, $"Conflict: Commit status checks failed for {name}.",
                new { contexts = states, resource = "Deployment", field = "required_contexts", code = "invalid" });
        }
    }

    private static Task<GitHubAnswer> Show(GitHubCall call, CancellationToken ct) =>
        Task.FromResult(GitHubAnswer.Ok(call.Json.Deployment(call.Repository, DeploymentOf(call))));

    /// <remarks>The only deployment may always go, one of several only when it's inactive.</remarks>
    private static Task<GitHubAnswer> Delete(GitHubCall call, CancellationToken ct)
    {
        var repository = call.WritableRepository;
        var deployment = DeploymentOf(call);
        if (repository.Deployments.Count > 1 && deployment.Statuses.LastOrDefault()?.State != "inactive")
        {
            throw new GitHubRefusal(422, "We cannot delete an active deployment unless it is the only deployment in a given environment.");
        }

        repository.Deployments.Remove(deployment);
        return Task.FromResult(GitHubAnswer.NoContent);
    }

    private static Task<GitHubAnswer> ListStatuses(GitHubCall call, CancellationToken ct)
    {
        var deployment = DeploymentOf(call);
        return Task.FromResult(call.Page(
            deployment.Statuses.AsEnumerable().Reverse(), status => call.Json.DeploymentStatus(call.Repository, deployment, status)));
    }

    private static Task<GitHubAnswer> CreateStatus(GitHubCall call, CancellationToken ct)
    {
        var repository = call.WritableRepository;
        var deployment = DeploymentOf(call);
        var body = call.Body;
        _ = body.NeededText("state");
        var state = body.Choice("state", "error", "failure", "inactive", "in_progress", "queued", "pending", "success")!;
        Checks.CheckDescription("DeploymentStatus", body.Text("description"));
        var status = new DeploymentStatus(
            call.World.NextId(), state, body.Text("description") ?? "", body.Text("environment") ?? deployment.Environment,
            body.Text("log_url") ?? body.Text("target_url") ?? "", body.Text("environment_url") ?? "", call.Viewer.Id, call.World.Now);
        deployment.Statuses.Add(status);
        if (state == "success" && body.Flag("auto_inactive") != false)
        {
            RetireEarlier(call, deployment, status);
        }

        return Task.FromResult(GitHubAnswer.Created(call.Json.DeploymentStatus(repository, deployment, status)));
    }

    private static Task<GitHubAnswer> ShowStatus(GitHubCall call, CancellationToken ct)
    {
        var deployment = DeploymentOf(call);
        var id = call.Number("status");
        var status = deployment.Statuses.Find(status => status.Id == id) ?? throw GitHubRefusal.NotFound();
        return Task.FromResult(GitHubAnswer.Ok(call.Json.DeploymentStatus(call.Repository, deployment, status)));
    }

    /// <remarks>Production's earlier deployments stay as they are.</remarks>
    private static void RetireEarlier(GitHubCall call, Deployment deployment, DeploymentStatus status)
    {
        var earlier = call.Repository.Deployments
            .TakeWhile(other => other != deployment)
            .Where(other => other is { Production: false, Transient: false } && other.Environment == deployment.Environment)
            .Where(other => other.Statuses.LastOrDefault() is { State: not "inactive" });
        foreach (var other in earlier)
        {
            other.Statuses.Add(status with { Id = call.World.NextId(), State = "inactive", Description = "", Environment = other.Environment });
        }
    }

    private static Deployment DeploymentOf(GitHubCall call)
    {
        var id = call.Number("deployment");
        return call.Repository.Deployments.Find(deployment => deployment.Id == id) ?? throw GitHubRefusal.NotFound();
    }
}
