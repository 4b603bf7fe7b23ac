namespace ReleaseTasks.Sandbox.GitHub;

/// <summary>Statuses and check runs: the two ways to say how a commit does.</summary>
internal sealed partial class GitHubJson
{
    public object Status(Repository repository, CommitStatus status) =>
        Merged(SimpleStatus(repository, status), new { creator = UserOrNull(status.Creator) });

    public object CombinedStatus(
        Repository repository, string sha, string state, int total, IEnumerable<CommitStatus> statuses) => new
        {
            state,
            statuses = statuses.Select(status => SimpleStatus(repository, status)).ToList(),
            sha,
            total_count = total,
            repository = MinimalRepository(repository),
            commit_url = Api(repository, $"/commits/{sha}"),
            url = Api(repository, $"/commits/{sha}/status"),
        };

    public object CheckRun(Repository repository, CheckRun run) => new
    {
        id = run.Id,
        head_sha = run.Sha,
        node_id = Node("CheckRun", run.Id),
        external_id = run.ExternalId ?? "",
        url = Api(repository, $"/check-runs/{run.Id}"),
        html_url = Html(repository, $"/runs/{run.Id}"),
        details_url = run.DetailsUrl ?? Html(repository, $"/runs/{run.Id}"),
        status = run.Status,
        conclusion = run.Conclusion,
        started_at = Time(run.StartedAt),
        completed_at = Time(run.CompletedAt),
        output = new
        {
            title = run.Title,
            summary = run.Summary,
            text = run.Text,
            annotations_count = run.Annotations.Count,
            annotations_url = Api(repository, $"/check-runs/{run.Id}/annotations"),
        },
        name = run.Name,
        check_suite = new { id = run.Id },
        app = App(run.App),
        pull_requests = Array.Empty<object>(),
    };

    public object Annotation(Repository repository, CheckRun run, Annotation annotation) => new
    {
        path = annotation.Path,
        blob_href = Api(repository, $"/contents/{annotation.Path}?ref={run.Sha}"),
        start_line = annotation.StartLine,
        end_line = annotation.EndLine,
        start_column = (int?)null,
        end_column = (int?)null,
        annotation_level = annotation.Level,
        message = annotation.Message,
        title = annotation.Title,
        raw_details = annotation.RawDetails,
    };

    private object SimpleStatus(Repository repository, CommitStatus status) => new
    {
        url = Api(repository, $"/statuses/{status.Sha}"),
        avatar_url = $"{Avatar}{status.Creator}",
        id = status.Id,
        node_id = Node("StatusContext", status.Id),
        state = status.State,
        description = status.Description,
        target_url = status.TargetUrl,
        context = status.Context,
        created_at = Time(status.At),
        updated_at = Time(status.At),
    };

    private object? App(long id)
    {
        if (world.FindAccount(id) is not { } bot)
        {
            return null;
        }

        var slug = bot.Login.Replace("[bot]", "", StringComparison.Ordinal);
        return new
        {
            id = bot.Id,
            slug,
            node_id = Node("App", bot.Id),
            owner = User(bot),
            name = bot.Name,
            description = "",
            external_url = Html($"apps/{slug}"),
            html_url = Html($"apps/{slug}"),
            created_at = Time(bot.CreatedAt),
            updated_at = Time(bot.CreatedAt),
            permissions = new { checks = "write", metadata = "read" },
            events = Array.Empty<string>(),
        };
    }
}
