using System.Text.Json;

namespace ReleaseTasks.Sandbox.GitHub;

/// <summary>What belongs to commits: themselves, statuses, check runs, deployments, git's own objects.</summary>
internal sealed partial class GitHubJson
{
    private static readonly object Unsigned = new
    {
        verified = false,
        reason = "unsigned",
        signature = (string?)null,
        payload = (string?)null,
        verified_at = (string?)null,
    };

    public object Commit(Repository repository, GitCommit commit) => new
    {
        sha = commit.Id,
        node_id = Node("Commit", commit.Id),
        url = Api(repository, $"/commits/{commit.Id}"),
        html_url = Html(repository, $"/commit/{commit.Id}"),
        comments_url = Api(repository, $"/commits/{commit.Id}/comments"),
        commit = new
        {
            url = Api(repository, $"/git/commits/{commit.Id}"),
            author = Person(commit.Author),
            committer = Person(commit.Committer),
            message = commit.Message,
            tree = new { sha = commit.Tree, url = Api(repository, $"/git/trees/{commit.Tree}") },
            comment_count = 0,
            verification = Unsigned,
        },
        author = UserOf(commit.Author),
        committer = UserOf(commit.Committer),
        parents = Parents(repository, commit),
    };

    public object Commit(Repository repository, GitCommit commit, IReadOnlyList<object> files, IReadOnlyList<GitChange> changes) =>
        Merged(Commit(repository, commit), new
        {
            stats = new
            {
                additions = changes.Sum(change => change.Additions),
                deletions = changes.Sum(change => change.Deletions),
                total = changes.Sum(change => change.Additions + change.Deletions),
            },
            files,
        });

    public object Change(Repository repository, string commit, GitChange change, string patch) => new
    {
        sha = change.Blob,
        filename = change.Path,
        status = change.Kind,
        additions = change.Additions,
        deletions = change.Deletions,
        changes = change.Additions + change.Deletions,
        blob_url = Html(repository, $"/blob/{commit}/{change.Path}"),
        raw_url = Html(repository, $"/raw/{commit}/{change.Path}"),
        contents_url = Api(repository, $"/contents/{change.Path}?ref={commit}"),
        patch,
    };

    public object Comparison(
        Repository repository, string range, GitCommit @base, GitCommit mergeBase, (int Behind, int Ahead) distance, IReadOnlyList<GitCommit> commits,
        IReadOnlyList<object> files) => new
        {
            url = Api(repository, $"/compare/{range}"),
            html_url = Html(repository, $"/compare/{range}"),
            permalink_url = Html(repository, $"/compare/{range}"),
            diff_url = Html(repository, $"/compare/{range}.diff"),
            patch_url = Html(repository, $"/compare/{range}.patch"),
            base_commit = Commit(repository, @base),
            merge_base_commit = Commit(repository, mergeBase),
            status = distance switch { (0, 0) => "identical", (0, _) => "ahead", (_, 0) => "behind", _ => "diverged" },
            ahead_by = distance.Ahead,
            behind_by = distance.Behind,
            total_commits = commits.Count,
            commits = commits.Select(commit => Commit(repository, commit)).ToList(),
            files,
        };

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

    public object Deployment(Repository repository, Deployment deployment)
    {
        var updated = deployment.Statuses.Count == 0 ? deployment.CreatedAt : deployment.Statuses[^1].At;
        return new
        {
            url = Api(repository, $"/deployments/{deployment.Id}"),
            id = deployment.Id,
            node_id = Node("Deployment", deployment.Id),
            sha = deployment.Sha,
            @ref = deployment.Ref,
            task = deployment.Task,
            payload = JsonElement.Parse(deployment.Payload),
            original_environment = deployment.Environment,
            environment = deployment.Environment,
            description = deployment.Description,
            creator = UserOrNull(deployment.Creator),
            created_at = Time(deployment.CreatedAt),
            updated_at = Time(updated),
            statuses_url = Api(repository, $"/deployments/{deployment.Id}/statuses"),
            repository_url = Api(repository),
            transient_environment = deployment.Transient,
            production_environment = deployment.Production,
            performed_via_github_app = (object?)null,
        };
    }

    public object DeploymentStatus(Repository repository, Deployment deployment, DeploymentStatus status) => new
    {
        url = Api(repository, $"/deployments/{deployment.Id}/statuses/{status.Id}"),
        id = status.Id,
        node_id = Node("DeploymentStatus", status.Id),
        state = status.State,
        creator = UserOrNull(status.Creator),
        description = status.Description,
        environment = status.Environment,
        target_url = status.LogUrl,
        log_url = status.LogUrl,
        environment_url = status.EnvironmentUrl,
        created_at = Time(status.At),
        updated_at = Time(status.At),
        deployment_url = Api(repository, $"/deployments/{deployment.Id}"),
        repository_url = Api(repository),
        performed_via_github_app = (object?)null,
    };

    public object Ref(Repository repository, GitRef @ref) => new
    {
        @ref = @ref.Name,
        node_id = Node("Ref", @ref.Name),
        url = Api(repository, $"/git/{@ref.Name}"),
        @object = new { sha = @ref.Id, type = @ref.Kind, url = Api(repository, $"/git/{@ref.Kind}s/{@ref.Id}") },
    };

    public object GitCommit(Repository repository, GitCommit commit) => new
    {
        sha = commit.Id,
        node_id = Node("Commit", commit.Id),
        url = Api(repository, $"/git/commits/{commit.Id}"),
        html_url = Html(repository, $"/commit/{commit.Id}"),
        author = Person(commit.Author),
        committer = Person(commit.Committer),
        tree = new { sha = commit.Tree, url = Api(repository, $"/git/trees/{commit.Tree}") },
        message = commit.Message,
        parents = Parents(repository, commit),
        verification = Unsigned,
    };

    public object GitTag(Repository repository, string id, GitTag tag) => new
    {
        node_id = Node("Tag", id),
        sha = id,
        url = Api(repository, $"/git/tags/{id}"),
        tagger = Person(tag.Tagger),
        @object = new { sha = tag.Target, type = tag.Kind, url = Api(repository, $"/git/{tag.Kind}s/{tag.Target}") },
        tag = tag.Name,
        message = tag.Message,
        verification = Unsigned,
    };

    public object Tree(Repository repository, string id, IEnumerable<GitEntry> entries) => new
    {
        sha = id,
        url = Api(repository, $"/git/trees/{id}"),
        tree = entries.Select(entry => Merged(
            new { path = entry.Path, mode = entry.Mode, type = entry.Kind, sha = entry.Id, url = Api(repository, $"/git/{entry.Kind}s/{entry.Id}") },
            entry.Size is { } size ? new { size } : new { })).ToList(),
        truncated = false,
    };

    public object Blob(Repository repository, string id, byte[] bytes) => new
    {
        sha = id,
        node_id = Node("Blob", id),
        size = bytes.Length,
        url = Api(repository, $"/git/blobs/{id}"),
        content = Base64(bytes),
        encoding = "base64",
    };

    public object Content(Repository repository, string commit, string path, GitEntry entry)
    {
        var self = Api(repository, $"/contents/{path}?ref={commit}");
        var kind = entry switch { { Kind: "tree" } => "dir", { Mode: "120000" } => "symlink", { Kind: "commit" } => "submodule", _ => "file" };
        var git = Api(repository, $"/git/{entry.Kind}s/{entry.Id}");
        var html = Html(repository, $"/{(kind == "dir" ? "tree" : "blob")}/{commit}/{path}");
        return new
        {
            name = path.Split('/')[^1],
            path,
            sha = entry.Id,
            size = entry.Size ?? 0,
            url = self,
            html_url = html,
            git_url = git,
            download_url = kind == "file" ? Html(repository, $"/raw/{commit}/{path}") : null,
            type = kind,
            _links = new { self, git, html },
        };
    }

    public object FileContent(Repository repository, string commit, string path, GitEntry entry, byte[] bytes) =>
        Merged(Content(repository, commit, path, entry), new { content = Base64(bytes), encoding = "base64" });

    public object ShortBranch(Repository repository, string name, string sha) => new
    {
        name,
        commit = new { sha, url = Api(repository, $"/commits/{sha}") },
        @protected = repository.Protections.ContainsKey(name),
    };

    public object Branch(Repository repository, string name, GitCommit commit)
    {
        var self = Api(repository, $"/branches/{name}");
        return new
        {
            name,
            commit = Commit(repository, commit),
            _links = new { self, html = Html(repository, $"/tree/{name}") },
            @protected = repository.Protections.ContainsKey(name),
            protection = new
            {
                enabled = repository.Protections.ContainsKey(name),
                required_status_checks = RequiredChecks(repository.Protections.GetValueOrDefault(name)),
            },
            protection_url = self + "/protection",
        };
    }

    public object Protection(Repository repository, string branch, Protection protection)
    {
        var url = Api(repository, $"/branches/{branch}/protection");
        return new
        {
            url,
            required_status_checks = RequiredChecks(protection),
            required_pull_request_reviews = new
            {
                url = url + "/required_pull_request_reviews",
                dismiss_stale_reviews = protection.DismissStale,
                require_code_owner_reviews = false,
                required_approving_review_count = protection.Approvals,
            },
            enforce_admins = new { url = url + "/enforce_admins", enabled = true },
        };
    }

    private static object RequiredChecks(Protection? protection) => new
    {
        strict = protection?.UpToDate ?? false,
        contexts = protection?.Contexts ?? [],
        checks = (protection?.Contexts ?? []).Select(context => new { context, app_id = (int?)null }).ToList(),
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

    private object? UserOf(Signature person) =>
        world.State.Accounts.Find(account => account.Email.Equals(person.Email, StringComparison.OrdinalIgnoreCase)) is { } account ? User(account) : null;

    private List<object> Parents(Repository repository, GitCommit commit) => [.. commit.Parents.Select(parent => new
    {
        sha = parent,
        url = Api(repository, $"/commits/{parent}"),
        html_url = Html(repository, $"/commit/{parent}"),
    })];

    private static object Person(Signature person) => new { name = person.Name, email = person.Email, date = Time(person.When) };

    /// <summary>GitHub breaks the lines of base64 as mail does.</summary>
    private static string Base64(byte[] bytes) =>
        string.Concat(Convert.ToBase64String(bytes).Chunk(60).Select(line => new string(line) + "\n"));
}
