using System.Globalization;

namespace ReleaseTasks.Sandbox.GitHub.Rest;

/// <summary>Issues and what's said below them; a pull request is an issue too.</summary>
internal static class Issues
{
    public static void Map(GitHubRoutes routes)
    {
        routes.Get("/repos/{owner}/{repo}/issues", List);
        routes.Get("/repos/{owner}/{repo}/issues/{number}", Show);
        routes.Patch("/repos/{owner}/{repo}/issues/{number}", Update);
        routes.Get("/repos/{owner}/{repo}/issues/{number}/comments", ListComments);
        routes.Post("/repos/{owner}/{repo}/issues/{number}/comments", CreateComment);
        routes.Get("/repos/{owner}/{repo}/issues/comments/{comment}", ShowComment);
        routes.Patch("/repos/{owner}/{repo}/issues/comments/{comment}", UpdateComment);
        routes.Delete("/repos/{owner}/{repo}/issues/comments/{comment}", DeleteComment);
    }

    /// <summary>Title, body and state: what a change of an issue and one of a pull request share.</summary>
    public static void Change(GitHubCall call, Issue issue)
    {
        if (call.Viewer.Id != issue.Author)
        {
            _ = call.WritableRepository;
        }

        var state = call.Body.Choice("state", "open", "closed");
        GitHubWorld.CheckBody("Issue", call.Body.Text("body"));
        issue.Title = call.Body.Text("title") ?? issue.Title;
        issue.Body = !call.Body.Has("body") ? issue.Body : call.Body.Text("body") is { Length: > 0 } body ? body : null;
        issue.UpdatedAt = call.World.Now;
        if (state is not null && state != issue.State)
        {
            issue.ClosedAt = state == "closed" ? call.World.Now : null;
        }
    }

    private static Task<GitHubAnswer> List(GitHubCall call, CancellationToken ct)
    {
        var state = call.Query("state") ?? "open";
        var issues = call.Repository.Issues.Where(issue => state == "all" || issue.State == state).Reverse();
        return Task.FromResult(call.Page(issues, issue => call.Json.Issue(call.Repository, issue)));
    }

    private static Task<GitHubAnswer> Show(GitHubCall call, CancellationToken ct) =>
        Task.FromResult(GitHubAnswer.Ok(call.Json.Issue(call.Repository, call.Issue)));

    private static Task<GitHubAnswer> Update(GitHubCall call, CancellationToken ct)
    {
        if (call.Issue.Pull is { MergedAt: not null } && call.Body.Text("state") == "open")
        {
            throw GitHubRefusal.Invalid("Issue", "state");
        }

        Change(call, call.Issue);
        return Show(call, ct);
    }

    private static Task<GitHubAnswer> ListComments(GitHubCall call, CancellationToken ct)
    {
        var issue = call.Issue;
        var since = DateTimeOffset.TryParse(call.Query("since"), CultureInfo.InvariantCulture, out var time) ? time : DateTimeOffset.MinValue;
        return Task.FromResult(call.Page(
            issue.Comments.Where(comment => comment.UpdatedAt >= since), comment => call.Json.Comment(call.Repository, issue, comment)));
    }

    private static Task<GitHubAnswer> CreateComment(GitHubCall call, CancellationToken ct)
    {
        var body = call.Body.NeededText("body");
        if (string.IsNullOrWhiteSpace(body))
        {
            throw GitHubRefusal.Custom("IssueComment", "Body can't be blank");
        }

        var comment = call.World.NewComment(call.Issue, call.Viewer, body);
        return Task.FromResult(GitHubAnswer.Created(call.Json.Comment(call.Repository, call.Issue, comment)));
    }

    private static Task<GitHubAnswer> ShowComment(GitHubCall call, CancellationToken ct)
    {
        var (issue, comment) = CommentOf(call);
        return Task.FromResult(GitHubAnswer.Ok(call.Json.Comment(call.Repository, issue, comment)));
    }

    private static Task<GitHubAnswer> UpdateComment(GitHubCall call, CancellationToken ct)
    {
        var (issue, comment) = OwnCommentOf(call);
        var body = call.Body.NeededText("body");
        GitHubWorld.CheckBody("IssueComment", body);
        (comment.Body, comment.UpdatedAt) = (body, call.World.Now);
        return Task.FromResult(GitHubAnswer.Ok(call.Json.Comment(call.Repository, issue, comment)));
    }

    private static Task<GitHubAnswer> DeleteComment(GitHubCall call, CancellationToken ct)
    {
        var (issue, comment) = OwnCommentOf(call);
        issue.Comments.Remove(comment);
        return Task.FromResult(GitHubAnswer.NoContent);
    }

    private static (Issue Issue, Comment Comment) OwnCommentOf(GitHubCall call)
    {
        var found = CommentOf(call);
        return found.Comment.Author == call.Viewer.Id || GitHubWorld.MayWrite(call.Viewer, call.Repository)
            ? found
            : throw new GitHubRefusal(403, "Must have admin rights to Repository.");
    }

    private static (Issue Issue, Comment Comment) CommentOf(GitHubCall call)
    {
        var id = call.Number("comment");
        var issue = call.Repository.Issues.Find(issue => issue.Comments.Exists(comment => comment.Id == id)) ?? throw GitHubRefusal.NotFound();
        return (issue, issue.Comments.Single(comment => comment.Id == id));
    }
}
