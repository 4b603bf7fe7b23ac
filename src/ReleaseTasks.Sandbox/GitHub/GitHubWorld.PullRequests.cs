namespace ReleaseTasks.Sandbox.GitHub;

/// <summary>What happens to issues and pull requests, whoever starts it.</summary>
internal sealed partial class GitHubWorld
{
    /// <summary>GitHub's limit for every body.</summary>
    private const int LongestBody = 65536;

    public static readonly Signature GitHubItself = new("GitHub", "noreply@github.com", default);

    public Issue NewIssue(Repository repository, Account author, string title, string? body, PullRequest? pull)
    {
        CheckBody("Issue", body);
        var issue = new Issue
        {
            Id = NextId(),
            Number = repository.NextNumber,
            Author = author.Id,
            CreatedAt = Now,
            UpdatedAt = Now,
            Title = title,
            Body = string.IsNullOrEmpty(body) ? null : body,
            Pull = pull,
        };
        repository.Issues.Add(issue);
        return issue;
    }

    /// <exception cref="GitHubRefusal">A branch is missing, there's nothing to merge, or the branch has an open pull request.</exception>
    public async Task<Issue> NewPullRequestAsync(
        Repository repository, Account author, string head, string @base, string title, string? body, bool draft, CancellationToken ct)
    {
        var git = Open(repository);
        var branch = head.StartsWith(repository.Owner + ":", StringComparison.OrdinalIgnoreCase) ? head[(repository.Owner.Length + 1)..] : head;
        var baseSha = await git.FindCommitAsync($"refs/heads/{@base}", ct) ?? throw GitHubRefusal.Invalid("PullRequest", "base");
        var headSha = await git.FindCommitAsync($"refs/heads/{branch}", ct) ?? throw GitHubRefusal.Invalid("PullRequest", "head");
        if (await git.ContainsAsync(baseSha, headSha, ct))
        {
            throw GitHubRefusal.Custom("PullRequest", $"No commits between {@base} and {branch}");
        }

        if (repository.Issues.Any(other => other.Pull is { } pull && other.State == "open" && pull.Head == branch && pull.Base == @base))
        {
            throw GitHubRefusal.Custom("PullRequest", $"A pull request already exists for {repository.Owner}:{branch}.");
        }

        var issue = NewIssue(
            repository, author, title, body, new PullRequest { Head = branch, Base = @base, HeadSha = headSha, BaseSha = baseSha, Draft = draft });
        await git.SetRefAsync($"refs/pull/{issue.Number}/head", headSha, ct);
        return issue;
    }

    public Comment NewComment(Issue issue, Account author, string body)
    {
        CheckBody("IssueComment", body);
        var comment = new Comment { Id = NextId(), Author = author.Id, CreatedAt = Now, UpdatedAt = Now, Body = body };
        issue.Comments.Add(comment);
        issue.UpdatedAt = Now;
        return comment;
    }

    /// <summary>A review, submitted unless its state is <c>PENDING</c>. Whoever reviews, in whatever way, is no longer asked to.</summary>
    public Review NewReview(Issue issue, Account author, string state, string body, string commit)
    {
        var review = new Review { Id = NextId(), Author = author.Id, State = state, Body = body, Commit = commit };
        issue.Pull!.Reviews.Add(review);
        if (state != "PENDING")
        {
            Submit(issue, review, state);
        }

        return review;
    }

    public void Submit(Issue issue, Review review, string state)
    {
        review.State = state;
        review.SubmittedAt = issue.UpdatedAt = Now;
        issue.Pull!.RequestedReviewers.Remove(review.Author);
    }

    /// <summary>After refs have moved, however they did: open pull requests follow their branches, close with them, and count as merged once they're in.</summary>
    public async Task RefsMovedAsync(Repository repository, CancellationToken ct)
    {
        repository.PushedAt = Now;
        await FollowRefsAsync(repository, ct);
        Save();
    }

    /// <exception cref="GitHubRefusal">The body is too long.</exception>
    public static void CheckBody(string resource, string? body)
    {
        if (body is not null && body.EnumerateRunes().Count() > LongestBody)
        {
            throw new GitHubRefusal(
                422, "Validation Failed",
                new { resource, code = "custom", field = "body", message = $"body is too long (maximum is {LongestBody} characters)" });
        }
    }

    private async Task FollowRefsAsync(Repository repository, CancellationToken ct)
    {
        var git = Open(repository);
        var branches = (await git.RefsAsync("refs/heads/", ct)).ToDictionary(branch => branch.Name["refs/heads/".Length..], branch => branch.Id);
        foreach (var issue in repository.Issues.Where(issue => issue.Pull is not null && issue.State == "open"))
        {
            await FollowAsync(repository, issue, git, branches, ct);
        }
    }

    private async Task FollowAsync(
        Repository repository, Issue issue, GitRepository git, Dictionary<string, string> branches, CancellationToken ct)
    {
        var pull = issue.Pull!;
        if (!branches.TryGetValue(pull.Head, out var head) || !branches.TryGetValue(pull.Base, out var target))
        {
            issue.ClosedAt = issue.UpdatedAt = Now;
            return;
        }

        if (head != pull.HeadSha)
        {
            (pull.HeadSha, pull.BaseSha, issue.UpdatedAt) = (head, target, Now);
            await git.SetRefAsync($"refs/pull/{issue.Number}/head", head, ct);
            DismissStale(repository, pull);
        }

        if (await git.ContainsAsync(target, head, ct))
        {
            (pull.MergedAt, pull.MergeCommit) = (Now, await git.EntryAsync(target, head, ct));
            issue.ClosedAt = issue.UpdatedAt = Now;
        }
    }

    private static void DismissStale(Repository repository, PullRequest pull)
    {
        if (repository.Protections.GetValueOrDefault(pull.Base) is not { DismissStale: true })
        {
            return;
        }

        foreach (var review in pull.Reviews.Where(review => review.State == "APPROVED"))
        {
            review.State = "DISMISSED";
        }
    }
}
