namespace ReleaseTasks.Sandbox.GitHub.Rest;

/// <summary>Both systems that say whether a commit is well: statuses and check runs.</summary>
internal static class Checks
{
    private const int LongestDescription = 140;
    private const int MostAnnotations = 50;

    public static void Map(GitHubRoutes routes)
    {
        routes.Post("/repos/{owner}/{repo}/statuses/{sha}", CreateStatusAsync);
        routes.Post("/repos/{owner}/{repo}/check-runs", CreateRunAsync);
        routes.Get("/repos/{owner}/{repo}/check-runs/{run}", ShowRun);
        routes.Patch("/repos/{owner}/{repo}/check-runs/{run}", UpdateRun);
        routes.Get("/repos/{owner}/{repo}/check-runs/{run}/annotations", ListAnnotations);
    }

    /// <summary>Each context's newest status, and all of them as one word.</summary>
    /// <remarks>No status at all is <c>pending</c> with a <c>total_count</c> of 0.</remarks>
    public static async Task<GitHubAnswer> CombineAsync(GitHubCall call, string name, CancellationToken ct)
    {
        var sha = await CommitAsync(call, name, ct);
        var newest = call.Repository.Statuses.Where(status => status.Sha == sha).GroupBy(status => status.Context, (_, all) => all.Last()).ToList();
        var state = newest.Exists(status => status.State is "failure" or "error") ? "failure"
            : newest.Count == 0 || newest.Exists(status => status.State == "pending") ? "pending"
            : "success";
        return call.Page(newest, page => call.Json.CombinedStatus(call.Repository, sha, state, newest.Count, page));
    }

    public static async Task<GitHubAnswer> ListStatusesAsync(GitHubCall call, string name, CancellationToken ct)
    {
        var sha = await CommitAsync(call, name, ct);
        return call.Page(
            call.Repository.Statuses.Where(status => status.Sha == sha).Reverse(), status => call.Json.Status(call.Repository, status));
    }

    public static async Task<GitHubAnswer> ListRunsAsync(GitHubCall call, string name, CancellationToken ct)
    {
        var sha = await CommitAsync(call, name, ct);
        var found = call.Repository.CheckRuns
            .Where(run => run.Sha == sha)
            .Where(run => call.Query("check_name") is not { } wanted || run.Name == wanted)
            .Where(run => call.Query("status") is not { } wanted || run.Status == wanted)
            .Reverse()
            .ToList();
        if (call.Query("filter") != "all")
        {
            found = [.. found.DistinctBy(run => (run.App, run.Name))];
        }

        return call.Page(found, page => new
        {
            total_count = found.Count,
            check_runs = page.Select(run => call.Json.CheckRun(call.Repository, run)).ToList(),
        });
    }

    private static async Task<GitHubAnswer> CreateStatusAsync(GitHubCall call, CancellationToken ct)
    {
        var repository = call.WritableRepository;
        var body = call.Body;
        _ = body.NeededText("state");
        var state = body.Choice("state", "error", "failure", "pending", "success")!;
        var sha = call.Text("sha");
        if (sha.Length != 40 || await call.Git.KindAsync(sha, ct) != "commit")
        {
            throw new GitHubRefusal(422, $"No commit found for SHA: {sha}");
        }

        CheckDescription("Status", body.Text("description"));
        var status = new CommitStatus(
            call.World.NextId(), sha, body.Text("context") ?? "default", state, body.Text("description"), body.Text("target_url"), call.Viewer.Id,
            call.World.Now);
        repository.Statuses.Add(status);
        return GitHubAnswer.Created(call.Json.Status(repository, status));
    }

    public static void CheckDescription(string resource, string? description)
    {
        if (description?.Length > LongestDescription)
        {
            throw GitHubRefusal.Custom(resource, $"description is too long (maximum is {LongestDescription} characters)");
        }
    }

    private static async Task<GitHubAnswer> CreateRunAsync(GitHubCall call, CancellationToken ct)
    {
        var repository = WritableByApp(call);
        var sha = call.Body.NeededText("head_sha");
        if (await call.Git.KindAsync(sha, ct) != "commit")
        {
            throw new GitHubRefusal(422, $"No commit found for SHA: {sha}");
        }

        var run = new CheckRun
        {
            Id = call.World.NextId(),
            Sha = sha,
            App = call.Viewer.Id,
            StartedAt = call.World.Now,
            Name = call.Body.NeededText("name"),
            Status = "queued",
        };
        Change(call, run);
        repository.CheckRuns.Add(run);
        return GitHubAnswer.Created(call.Json.CheckRun(repository, run));
    }

    private static Task<GitHubAnswer> ShowRun(GitHubCall call, CancellationToken ct) =>
        Task.FromResult(GitHubAnswer.Ok(call.Json.CheckRun(call.Repository, RunOf(call))));

    private static Task<GitHubAnswer> UpdateRun(GitHubCall call, CancellationToken ct)
    {
        _ = WritableByApp(call);
        Change(call, RunOf(call));
        return ShowRun(call, ct);
    }

    private static Task<GitHubAnswer> ListAnnotations(GitHubCall call, CancellationToken ct)
    {
        var run = RunOf(call);
        return Task.FromResult(call.Page(run.Annotations, annotation => call.Json.Annotation(call.Repository, run, annotation)));
    }

    private static void Change(GitHubCall call, CheckRun run)
    {
        var body = call.Body;
        var output = body.Object("output");
        var annotations = (output?.Objects("annotations") ?? []).Select(Read).ToList();
        if (annotations.Count > MostAnnotations)
        {
            throw GitHubRefusal.Malformed($"No more than {MostAnnotations} items are allowed; {annotations.Count} were supplied.");
        }

        if (output is not null)
        {
            (run.Title, run.Summary) = (output.NeededText("title"), output.NeededText("summary"));
            run.Text = output.Text("text") ?? run.Text;
            run.Annotations.AddRange(annotations);
        }

        var conclusion = body.Choice(
            "conclusion", "action_required", "cancelled", "failure", "neutral", "success", "skipped", "stale", "timed_out");
        run.Name = body.Text("name") ?? run.Name;
        run.DetailsUrl = body.Text("details_url") ?? run.DetailsUrl;
        run.ExternalId = body.Text("external_id") ?? run.ExternalId;
        run.StartedAt = body.Time("started_at") ?? run.StartedAt;
        run.Status = body.Choice("status", "queued", "in_progress", "completed", "waiting", "requested", "pending") ?? run.Status;
        if (run.Status == "completed" && conclusion is null && run.Conclusion is null)
        {
            throw GitHubRefusal.Malformed("\"conclusion\" wasn't supplied.");
        }

        if (conclusion is not null)
        {
            (run.Status, run.Conclusion, run.CompletedAt) = ("completed", conclusion, body.Time("completed_at") ?? call.World.Now);
        }
    }

    private static Annotation Read(GitHubBody annotation) => new(
        annotation.NeededText("path"),
        annotation.Number("start_line") ?? throw GitHubRefusal.Malformed("\"start_line\" wasn't supplied."),
        annotation.Number("end_line") ?? throw GitHubRefusal.Malformed("\"end_line\" wasn't supplied."),
        annotation.Choice("annotation_level", "notice", "warning", "failure") ?? throw GitHubRefusal.Malformed("\"annotation_level\" wasn't supplied."),
        annotation.NeededText("message"), annotation.Text("title"), annotation.Text("raw_details"));

    /// <remarks>A person's token may read check runs but never write them.</remarks>
    private static Repository WritableByApp(GitHubCall call) => call.Viewer.IsBot
        ? call.WritableRepository
        : throw new GitHubRefusal(403, "You must authenticate via a GitHub App.");

    private static CheckRun RunOf(GitHubCall call)
    {
        var id = call.Number("run");
        return call.Repository.CheckRuns.Find(run => run.Id == id) ?? throw GitHubRefusal.NotFound();
    }

    private static async Task<string> CommitAsync(GitHubCall call, string name, CancellationToken ct) =>
        await call.Git.FindCommitAsync(name, ct) ?? throw GitHubRefusal.NotFound();
}
