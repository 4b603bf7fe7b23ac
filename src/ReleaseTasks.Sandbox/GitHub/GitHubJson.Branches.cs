namespace ReleaseTasks.Sandbox.GitHub;

/// <summary>Branches and what protects them.</summary>
internal sealed partial class GitHubJson
{
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
}
