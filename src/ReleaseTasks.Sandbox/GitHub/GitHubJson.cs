using System.Globalization;
using System.Text;

namespace ReleaseTasks.Sandbox.GitHub;

/// <summary>Writes accounts and repositories the way the REST API shows them.</summary>
internal sealed partial class GitHubJson(GitHubWorld world, Uri address)
{
    private const string Avatar = "https://avatars.githubusercontent.com/u/";

    private string Api(string path) => $"{address}api/v3/{path}";

    private string Html(string path) => $"{address}{path}";

    private string Api(Repository repository, string path = "") => Api($"repos/{repository.FullName}{path}");

    private string Html(Repository repository, string path = "") => Html($"{repository.FullName}{path}");

    /// <summary>GitHub's times have seconds and no more.</summary>
    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static string? Time(DateTimeOffset? time) => time is { } known ? Time(known) : null;

    private static string Node(string kind, object id) => Convert.ToBase64String(Encoding.UTF8.GetBytes($"{kind}{id}"));

    private object? UserOrNull(long? id) => id is { } known && world.FindAccount(known) is { } account ? User(account) : null;

    public object User(Account account) => new
    {
        login = account.Login,
        id = account.Id,
        node_id = Node("User", account.Id),
        avatar_url = $"{Avatar}{account.Id}",
        gravatar_id = "",
        url = Api($"users/{account.Login}"),
        html_url = Html(account.Login),
        followers_url = Api($"users/{account.Login}/followers"),
        following_url = Api($"users/{account.Login}/following{{/other_user}}"),
        gists_url = Api($"users/{account.Login}/gists{{/gist_id}}"),
        starred_url = Api($"users/{account.Login}/starred{{/owner}}{{/repo}}"),
        subscriptions_url = Api($"users/{account.Login}/subscriptions"),
        organizations_url = Api($"users/{account.Login}/orgs"),
        repos_url = Api($"users/{account.Login}/repos"),
        events_url = Api($"users/{account.Login}/events{{/privacy}}"),
        received_events_url = Api($"users/{account.Login}/received_events"),
        type = account.IsBot ? "Bot" : "User",
        user_view_type = "public",
        site_admin = false,
    };

    /// <summary>More of an account: what its own page shows, and to itself what only it may see.</summary>
    public object FullUser(Account account, bool toItself)
    {
        var user = Merged(User(account), new
        {
            name = account.Name,
            company = (string?)null,
            blog = "",
            location = (string?)null,
            email = account.Email,
            hireable = (bool?)null,
            bio = (string?)null,
            twitter_username = (string?)null,
            public_repos = 0,
            public_gists = 0,
            followers = 0,
            following = 0,
            created_at = Time(account.CreatedAt),
            updated_at = Time(account.CreatedAt),
        });
        return !toItself ? user : Merged(user, new
        {
            private_gists = 0,
            total_private_repos = world.State.Repositories.Count(repository => repository.Owner == account.Login),
            owned_private_repos = world.State.Repositories.Count(repository => repository.Owner == account.Login),
            disk_usage = 0,
            collaborators = 0,
            two_factor_authentication = true,
        });
    }

    public object Collaborator(Account account, string role) => Merged(User(account), new { permissions = Permissions(role), role_name = role });

    /// <remarks>The old permission field knows neither triage nor maintain.</remarks>
    public object Permission(Account account, string role) => new
    {
        permission = role switch { "triage" => "read", "maintain" => "write", _ => role },
        role_name = role,
        user = Collaborator(account, role),
    };

    public object Repository(Repository repository, Account? viewer) => Merged(Repository(repository), new
    {
        permissions = Permissions(GitHubWorld.RoleOf(viewer, repository)),
        allow_merge_commit = repository.MergeMethods.Contains("merge"),
        allow_squash_merge = repository.MergeMethods.Contains("squash"),
        allow_rebase_merge = repository.MergeMethods.Contains("rebase"),
        allow_auto_merge = false,
        delete_branch_on_merge = false,
        subscribers_count = 0,
        network_count = 0,
    });

    public object Repository(Repository repository)
    {
        var open = repository.Issues.Count(issue => issue.State == "open");
        return Merged(MinimalRepository(repository), new
        {
            git_url = $"git://{address.Authority}/git/{repository.FullName}.git",
            ssh_url = $"git@{address.Host}:{repository.FullName}.git",
            clone_url = Html($"git/{repository.FullName}.git"),
            mirror_url = (string?)null,
            svn_url = Html(repository),
            homepage = (string?)null,
            language = (string?)null,
            forks_count = 0,
            stargazers_count = 0,
            watchers_count = 0,
            size = 0,
            default_branch = repository.DefaultBranch,
            open_issues_count = open,
            has_issues = true,
            has_projects = false,
            has_wiki = false,
            has_pages = false,
            has_downloads = false,
            has_discussions = false,
            archived = false,
            disabled = false,
            visibility = "private",
            pushed_at = Time(repository.PushedAt),
            created_at = Time(repository.CreatedAt),
            updated_at = Time(repository.PushedAt),
            license = (object?)null,
            forks = 0,
            open_issues = open,
            watchers = 0,
        });
    }

    public object MinimalRepository(Repository repository) => new
    {
        id = repository.Id,
        node_id = Node("Repository", repository.Id),
        name = repository.Name,
        full_name = repository.FullName,
        owner = User(world.FindAccount(repository.Owner)!),
        @private = true,
        html_url = Html(repository),
        description = (string?)null,
        fork = false,
        url = Api(repository),
        archive_url = Api(repository, "/{archive_format}{/ref}"),
        assignees_url = Api(repository, "/assignees{/user}"),
        blobs_url = Api(repository, "/git/blobs{/sha}"),
        branches_url = Api(repository, "/branches{/branch}"),
        collaborators_url = Api(repository, "/collaborators{/collaborator}"),
        comments_url = Api(repository, "/comments{/number}"),
        commits_url = Api(repository, "/commits{/sha}"),
        compare_url = Api(repository, "/compare/{base}...{head}"),
        contents_url = Api(repository, "/contents/{+path}"),
        contributors_url = Api(repository, "/contributors"),
        deployments_url = Api(repository, "/deployments"),
        downloads_url = Api(repository, "/downloads"),
        events_url = Api(repository, "/events"),
        forks_url = Api(repository, "/forks"),
        git_commits_url = Api(repository, "/git/commits{/sha}"),
        git_refs_url = Api(repository, "/git/refs{/sha}"),
        git_tags_url = Api(repository, "/git/tags{/sha}"),
        hooks_url = Api(repository, "/hooks"),
        issue_comment_url = Api(repository, "/issues/comments{/number}"),
        issue_events_url = Api(repository, "/issues/events{/number}"),
        issues_url = Api(repository, "/issues{/number}"),
        keys_url = Api(repository, "/keys{/key_id}"),
        labels_url = Api(repository, "/labels{/name}"),
        languages_url = Api(repository, "/languages"),
        merges_url = Api(repository, "/merges"),
        milestones_url = Api(repository, "/milestones{/number}"),
        notifications_url = Api(repository, "/notifications{?since,all,participating}"),
        pulls_url = Api(repository, "/pulls{/number}"),
        releases_url = Api(repository, "/releases{/id}"),
        stargazers_url = Api(repository, "/stargazers"),
        statuses_url = Api(repository, "/statuses/{sha}"),
        subscribers_url = Api(repository, "/subscribers"),
        subscription_url = Api(repository, "/subscription"),
        tags_url = Api(repository, "/tags"),
        teams_url = Api(repository, "/teams"),
        trees_url = Api(repository, "/git/trees{/sha}"),
    };

    private static object Permissions(string role) => new
    {
        admin = role is "admin",
        maintain = role is "admin" or "maintain",
        push = role is "admin" or "maintain" or "write",
        triage = role is not ("none" or "read"),
        pull = role is not "none",
    };

    /// <summary>One object with the properties of two.</summary>
    private static Dictionary<string, object?> Merged(object one, object other)
    {
        var merged = one as Dictionary<string, object?> ?? one.GetType().GetProperties().ToDictionary(property => property.Name, property => property.GetValue(one));
        foreach (var property in other.GetType().GetProperties())
        {
            merged[property.Name] = property.GetValue(other);
        }

        return merged;
    }
}
