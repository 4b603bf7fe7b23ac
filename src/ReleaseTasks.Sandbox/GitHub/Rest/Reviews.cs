namespace ReleaseTasks.Sandbox.GitHub.Rest;

/// <summary>Reviews, and who was asked for one.</summary>
internal static class Reviews
{
    private static readonly Dictionary<string, string> States = new()
    {
        ["APPROVE"] = "APPROVED",
        ["REQUEST_CHANGES"] = "CHANGES_REQUESTED",
        ["COMMENT"] = "COMMENTED",
    };

    public static void Map(GitHubRoutes routes)
    {
        routes.Get("/repos/{owner}/{repo}/pulls/{number}/reviews", List);
        routes.Post("/repos/{owner}/{repo}/pulls/{number}/reviews", CreateAsync);
        routes.Get("/repos/{owner}/{repo}/pulls/{number}/reviews/{review}", Show);
        routes.Post("/repos/{owner}/{repo}/pulls/{number}/reviews/{review}/events", Submit);
        routes.Put("/repos/{owner}/{repo}/pulls/{number}/reviews/{review}/dismissals", Dismiss);
        routes.Get("/repos/{owner}/{repo}/pulls/{number}/requested_reviewers", ListRequested);
        routes.Post("/repos/{owner}/{repo}/pulls/{number}/requested_reviewers", Request);
        routes.Delete("/repos/{owner}/{repo}/pulls/{number}/requested_reviewers", Unrequest);
    }

    /// <remarks>Every submission, oldest first, nobody de-duplicated; a pending one only its author sees.</remarks>
    private static Task<GitHubAnswer> List(GitHubCall call, CancellationToken ct)
    {
        var issue = call.PullRequest;
        var visible = issue.Pull!.Reviews.Where(review => review.State != "PENDING" || review.Author == call.ViewerOrNobody?.Id);
        return Task.FromResult(call.Page(visible, review => call.Json.Review(call.Repository, issue, review)));
    }

    private static async Task<GitHubAnswer> CreateAsync(GitHubCall call, CancellationToken ct)
    {
        var issue = call.PullRequest;
        var body = call.Body.Text("body") ?? "";
        var state = call.Body.Choice("event", [.. States.Keys]) is { } submitted ? States[submitted] : "PENDING";
        var commit = call.Body.Text("commit_id") is { } seen
            ? await call.Git.FindCommitAsync(seen, ct) ?? throw GitHubRefusal.Invalid("PullRequestReview", "commit_id")
            : issue.Pull!.HeadSha;
        Refuse(issue, call.Viewer, state, body);
        return GitHubAnswer.Ok(call.Json.Review(call.Repository, issue, call.World.NewReview(issue, call.Viewer, state, body, commit)));
    }

    private static Task<GitHubAnswer> Show(GitHubCall call, CancellationToken ct) => Answer(call, ReviewOf(call));

    private static Task<GitHubAnswer> Submit(GitHubCall call, CancellationToken ct)
    {
        var review = ReviewOf(call);
        var state = States[call.Body.Choice("event", [.. States.Keys]) ?? throw GitHubRefusal.Malformed("\"event\" wasn't supplied.")];
        review.Body = call.Body.Text("body") ?? review.Body;
        if (review.State != "PENDING" || review.Author != call.Viewer.Id)
        {
            throw Unprocessable("Can not submit a review that is not pending");
        }

        Refuse(call.PullRequest, call.Viewer, state, review.Body);
        call.World.Submit(call.PullRequest, review, state);
        return Answer(call, review);
    }

    /// <remarks>The record stays, its former state is lost.</remarks>
    private static Task<GitHubAnswer> Dismiss(GitHubCall call, CancellationToken ct)
    {
        _ = call.WritableRepository;
        _ = call.Body.NeededText("message");
        var review = ReviewOf(call);
        if (review.State is not ("APPROVED" or "CHANGES_REQUESTED"))
        {
            throw Unprocessable($"Can not dismiss a {review.State.ToLowerInvariant()} pull request review");
        }

        review.State = "DISMISSED";
        return Answer(call, review);
    }

    private static Task<GitHubAnswer> ListRequested(GitHubCall call, CancellationToken ct)
    {
        var users = call.PullRequest.Pull!.RequestedReviewers.Select(call.World.FindAccount).OfType<Account>().Select(call.Json.User).ToList();
        return Task.FromResult(GitHubAnswer.Ok(new { users, teams = Array.Empty<object>() }));
    }

    /// <remarks>One wrong name fails the whole request.</remarks>
    private static Task<GitHubAnswer> Request(GitHubCall call, CancellationToken ct)
    {
        var repository = call.WritableRepository;
        var issue = call.PullRequest;
        var logins = call.Body.Texts("reviewers") ?? [];
        var accounts = logins.Select(call.World.FindAccount).ToList();
        if (accounts.Exists(account => account?.Id == issue.Author))
        {
            throw new GitHubRefusal(422, "Review cannot be requested from pull request author.");
        }

        if (call.Body.Texts("team_reviewers") is { Count: > 0 } || accounts.Exists(account => GitHubWorld.RoleOf(account, repository) == "none"))
        {
            throw new GitHubRefusal(
                422,
                "Reviews may only be requested from collaborators. One or more of the users or teams you specified is not a collaborator of the "
                + $"{repository.FullName} repository.");
        }

        var asked = issue.Pull!.RequestedReviewers;
        asked.AddRange(accounts.Select(account => account!.Id).Distinct().Except(asked).ToList());
        issue.UpdatedAt = call.World.Now;
        return Task.FromResult(GitHubAnswer.Created(call.Json.Pull(repository, issue)));
    }

    private static Task<GitHubAnswer> Unrequest(GitHubCall call, CancellationToken ct)
    {
        var repository = call.WritableRepository;
        var logins = call.Body.Texts("reviewers") ?? throw GitHubRefusal.Malformed("\"reviewers\" wasn't supplied.");
        foreach (var account in logins.Select(call.World.FindAccount).OfType<Account>())
        {
            call.PullRequest.Pull!.RequestedReviewers.Remove(account.Id);
        }

        return Task.FromResult(GitHubAnswer.Ok(call.Json.Pull(repository, call.PullRequest)));
    }

    private static void Refuse(Issue issue, Account reviewer, string state, string body)
    {
        if (reviewer.Id == issue.Author && state is "APPROVED" or "CHANGES_REQUESTED")
        {
            throw Unprocessable($"Can not {(state == "APPROVED" ? "approve" : "request changes on")} your own pull request");
        }

        if (state is "CHANGES_REQUESTED" or "COMMENTED" && body.Length == 0)
        {
            throw Unprocessable("Body can't be blank");
        }

        if (state == "PENDING" && issue.Pull!.Reviews.Exists(review => review.State == "PENDING" && review.Author == reviewer.Id))
        {
            throw Unprocessable("User can only have one pending review per pull request");
        }
    }

    private static Review ReviewOf(GitHubCall call)
    {
        var id = call.Number("review");
        return call.PullRequest.Pull!.Reviews.Find(review => review.Id == id) ?? throw GitHubRefusal.NotFound();
    }

    /// <remarks>These errors are bare texts, unlike most others.</remarks>
    private static GitHubRefusal Unprocessable(string error) => new(422, "Unprocessable Entity", error);

    private static Task<GitHubAnswer> Answer(GitHubCall call, Review review) =>
        Task.FromResult(GitHubAnswer.Ok(call.Json.Review(call.Repository, call.PullRequest, review)));
}
