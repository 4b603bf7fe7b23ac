namespace ReleaseTasks.Sandbox.GitHub;

/// <summary>Issues, pull requests, reviews and comments.</summary>
internal sealed partial class GitHubJson
{
    public object Issue(Repository repository, Issue issue) => Merged(
        new
        {
            id = issue.Id,
            node_id = Node("Issue", issue.Id),
            url = Api(repository, $"/issues/{issue.Number}"),
            repository_url = Api(repository),
            labels_url = Api(repository, $"/issues/{issue.Number}/labels{{/name}}"),
            comments_url = Api(repository, $"/issues/{issue.Number}/comments"),
            events_url = Api(repository, $"/issues/{issue.Number}/events"),
            html_url = Page(repository, issue),
            number = issue.Number,
            state = issue.State,
            state_reason = issue.ClosedAt is null || issue.Pull is not null ? null : "completed",
            title = issue.Title,
            body = issue.Body,
            user = UserOrNull(issue.Author),
            labels = Array.Empty<object>(),
            assignee = (object?)null,
            assignees = Array.Empty<object>(),
            milestone = (object?)null,
            locked = false,
            active_lock_reason = (string?)null,
            comments = issue.Comments.Count,
            closed_at = Time(issue.ClosedAt),
            created_at = Time(issue.CreatedAt),
            updated_at = Time(issue.UpdatedAt),
            author_association = Association(repository, issue.Author),
        },
        issue.Pull is not { } pull ? new { } : new
        {
            draft = pull.Draft,
            pull_request = new
            {
                url = Api(repository, $"/pulls/{issue.Number}"),
                html_url = Page(repository, issue),
                diff_url = Page(repository, issue) + ".diff",
                patch_url = Page(repository, issue) + ".patch",
                merged_at = Time(pull.MergedAt),
            },
        });

    public object Pull(Repository repository, Issue issue)
    {
        var pull = issue.Pull!;
        var api = Api(repository, $"/pulls/{issue.Number}");
        var comments = Api(repository, $"/issues/{issue.Number}/comments");
        var statuses = Api(repository, $"/statuses/{pull.HeadSha}");
        return new
        {
            url = api,
            id = issue.Id,
            node_id = Node("PullRequest", issue.Id),
            html_url = Page(repository, issue),
            diff_url = Page(repository, issue) + ".diff",
            patch_url = Page(repository, issue) + ".patch",
            issue_url = Api(repository, $"/issues/{issue.Number}"),
            commits_url = api + "/commits",
            review_comments_url = api + "/comments",
            review_comment_url = Api(repository, "/pulls/comments{/number}"),
            comments_url = comments,
            statuses_url = statuses,
            number = issue.Number,
            state = issue.State,
            locked = false,
            title = issue.Title,
            user = UserOrNull(issue.Author),
            body = issue.Body,
            labels = Array.Empty<object>(),
            milestone = (object?)null,
            active_lock_reason = (string?)null,
            created_at = Time(issue.CreatedAt),
            updated_at = Time(issue.UpdatedAt),
            closed_at = Time(issue.ClosedAt),
            merged_at = Time(pull.MergedAt),
            merge_commit_sha = pull.MergeCommit,
            assignee = (object?)null,
            assignees = Array.Empty<object>(),
            requested_reviewers = pull.RequestedReviewers.Select(id => UserOrNull(id)).OfType<object>().ToList(),
            requested_teams = Array.Empty<object>(),
            head = End(repository, pull.Head, pull.HeadSha),
            @base = End(repository, pull.Base, pull.BaseSha),
            _links = new
            {
                self = Link(api),
                html = Link(Page(repository, issue)),
                issue = Link(Api(repository, $"/issues/{issue.Number}")),
                comments = Link(comments),
                review_comments = Link(api + "/comments"),
                review_comment = Link(Api(repository, "/pulls/comments{/number}")),
                commits = Link(api + "/commits"),
                statuses = Link(statuses),
            },
            author_association = Association(repository, issue.Author),
            auto_merge = (object?)null,
            draft = pull.Draft,
        };
    }

    /// <summary>A pull request as only its own address shows it.</summary>
    public object FullPull(
        Repository repository, Issue issue, (bool? Mergeable, string State) mergeability, int commits, IReadOnlyList<GitChange> changes) =>
        Merged(Pull(repository, issue), new
        {
            merged = issue.Pull!.MergedAt is not null,
            mergeable = mergeability.Mergeable,
            rebaseable = mergeability.Mergeable,
            mergeable_state = mergeability.State,
            merged_by = UserOrNull(issue.Pull.MergedBy),
            comments = issue.Comments.Count,
            review_comments = 0,
            maintainer_can_modify = false,
            commits,
            additions = changes.Sum(change => change.Additions),
            deletions = changes.Sum(change => change.Deletions),
            changed_files = changes.Count,
        });

    public object Review(Repository repository, Issue issue, Review review)
    {
        var html = $"{Page(repository, issue)}#pullrequestreview-{review.Id}";
        var pull = Api(repository, $"/pulls/{issue.Number}");
        var shown = new
        {
            id = review.Id,
            node_id = Node("PullRequestReview", review.Id),
            user = UserOrNull(review.Author),
            body = review.Body,
            state = review.State,
            html_url = html,
            pull_request_url = pull,
            author_association = Association(repository, review.Author),
            _links = new { html = Link(html), pull_request = Link(pull) },
            commit_id = review.Commit,
        };
        return review.SubmittedAt is { } submitted ? Merged(shown, new { submitted_at = Time(submitted) }) : shown;
    }

    public object Comment(Repository repository, Issue issue, Comment comment) => new
    {
        id = comment.Id,
        node_id = Node("IssueComment", comment.Id),
        url = Api(repository, $"/issues/comments/{comment.Id}"),
        html_url = $"{Page(repository, issue)}#issuecomment-{comment.Id}",
        issue_url = Api(repository, $"/issues/{issue.Number}"),
        body = comment.Body,
        user = UserOrNull(comment.Author),
        created_at = Time(comment.CreatedAt),
        updated_at = Time(comment.UpdatedAt),
        author_association = Association(repository, comment.Author),
        performed_via_github_app = (object?)null,
    };

    private object End(Repository repository, string branch, string sha) => new
    {
        label = $"{repository.Owner}:{branch}",
        @ref = branch,
        sha,
        user = User(world.FindAccount(repository.Owner)!),
        repo = Repository(repository),
    };

    private string Association(Repository repository, long author) => world.FindAccount(author) is not { } account ? "NONE"
        : account.Login == repository.Owner ? "OWNER"
        : repository.Collaborators.ContainsKey(author) ? "COLLABORATOR"
        : "NONE";

    private string Page(Repository repository, Issue issue) => Html(repository, $"/{(issue.Pull is null ? "issues" : "pull")}/{issue.Number}");

    private static object Link(string href) => new { href };
}
