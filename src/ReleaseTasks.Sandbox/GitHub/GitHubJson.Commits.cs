namespace ReleaseTasks.Sandbox.GitHub;

/// <summary>Commits, what they change, and who made them.</summary>
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

    private object? UserOf(Signature person) =>
        world.State.Accounts.Find(account => account.Email.Equals(person.Email, StringComparison.OrdinalIgnoreCase)) is { } account ? User(account) : null;

    private List<object> Parents(Repository repository, GitCommit commit) => [.. commit.Parents.Select(parent => new
    {
        sha = parent,
        url = Api(repository, $"/commits/{parent}"),
        html_url = Html(repository, $"/commit/{parent}"),
    })];

    private static object Person(Signature person) => new { name = person.Name, email = person.Email, date = Time(person.When) };
}
