namespace ReleaseTasks.Sandbox.GitHub;

/// <summary>How a pull request is to be merged.</summary>
/// <param name="Method"><c>merge</c>, <c>squash</c> or <c>rebase</c>.</param>
/// <param name="Title">The commit's first line; null: GitHub's own.</param>
/// <param name="Message">What follows it; null: GitHub's own.</param>
internal sealed record MergeRequest(string Method, string? Title, string? Message);

/// <summary>Whether and how pull requests are merged.</summary>
internal sealed partial class GitHubWorld
{
    /// <summary>What <c>mergeable</c> and <c>mergeable_state</c> say. The first question after a change only starts the computation.</summary>
    public async Task<(bool? Mergeable, string State)> MergeabilityAsync(Repository repository, Issue issue, CancellationToken ct)
    {
        var pull = issue.Pull!;
        var git = Open(repository);
        if (issue.State == "closed" || await git.FindCommitAsync($"refs/heads/{pull.Base}", ct) is not { } target)
        {
            return (null, "unknown");
        }

        var question = $"{target}..{pull.HeadSha}";
        if (pull.AskedFor != question)
        {
            pull.AskedFor = question;
            Save();
            return (null, "unknown");
        }

        if (await git.MergeTreeAsync(target, pull.HeadSha, ct) is not { } tree)
        {
            return (false, "dirty");
        }

        await WriteTestMergeAsync(git, issue, target, tree, ct);
        return (true, await StateAsync(repository, pull, git, target, ct));
    }

    /// <summary>Merges, really.</summary>
    /// <returns>The new commit of the base branch.</returns>
    /// <exception cref="GitHubRefusal">405: it can't be merged as things are.</exception>
    public async Task<string> MergePullRequestAsync(
        Repository repository, Issue issue, Account merger, MergeRequest request, CancellationToken ct)
    {
        var pull = issue.Pull!;
        var git = Open(repository);
        RefuseUnready(repository, issue, request.Method);
        var target = await git.FindCommitAsync($"refs/heads/{pull.Base}", ct) ?? throw NotMergeable();
        if (await ObstacleAsync(repository, pull, git, target, ct) is { } obstacle)
        {
            throw new GitHubRefusal(405, obstacle);
        }

        var committer = GitHubItself with { When = Now };
        var merged = request.Method switch
        {
            "squash" => await SquashAsync(git, issue, target, request, committer, ct),
            "rebase" => await git.RebaseAsync(target, pull.HeadSha, committer, ct),
            _ => await MergeAsync(git, repository, issue, target, request, merger, committer, ct),
        };
        if (!await git.TryMoveRefAsync($"refs/heads/{pull.Base}", target, merged ?? throw NotMergeable(), ct))
        {
            throw new GitHubRefusal(405, "Base branch was modified. Review and try the merge again.");
        }

        CloseAsMerged(issue, merger, merged);
        await RefsMovedAsync(repository, ct);
        return merged;
    }

    /// <summary>Each context's newest state on a commit, statuses and check runs alike: <c>success</c>, <c>pending</c> or <c>failure</c>.</summary>
    public static IReadOnlyDictionary<string, string> ContextsOf(Repository repository, string sha)
    {
        var contexts = new Dictionary<string, string>();
        foreach (var status in repository.Statuses.Where(status => status.Sha == sha))
        {
            contexts[status.Context] = status.State == "error" ? "failure" : status.State;
        }

        foreach (var run in repository.CheckRuns.Where(run => run.Sha == sha))
        {
            contexts[run.Name] = run.Conclusion switch
            {
                null => "pending",
                "success" or "neutral" or "skipped" => "success",
                _ => "failure",
            };
        }

        return contexts;
    }

    private static async Task WriteTestMergeAsync(GitRepository git, Issue issue, string target, string tree, CancellationToken ct)
    {
        var pull = issue.Pull!;
        var author = GitHubItself with { When = issue.CreatedAt };
        pull.MergeCommit = await git.WriteCommitAsync(
            tree, [target, pull.HeadSha], $"Merge {pull.HeadSha} into {target}", author, author, ct);
        await git.SetRefAsync($"refs/pull/{issue.Number}/merge", pull.MergeCommit, ct);
    }

    private async Task<string> StateAsync(Repository repository, PullRequest pull, GitRepository git, string target, CancellationToken ct)
    {
        if (pull.Draft)
        {
            return "draft";
        }

        var protection = repository.Protections.GetValueOrDefault(pull.Base);
        if (protection?.UpToDate == true && !await git.ContainsAsync(pull.HeadSha, target, ct))
        {
            return "behind";
        }

        if (await ObstacleAsync(repository, pull, git, target, ct) is not null)
        {
            return "blocked";
        }

        return ContextsOf(repository, pull.HeadSha).Values.All(state => state == "success") ? "clean" : "unstable";
    }

    private static void RefuseUnready(Repository repository, Issue issue, string method)
    {
        if (issue.State == "closed")
        {
            throw NotMergeable();
        }

        if (issue.Pull!.Draft)
        {
            throw new GitHubRefusal(405, "Pull Request is still a draft");
        }

        if (!repository.MergeMethods.Contains(method))
        {
            throw new GitHubRefusal(405, method switch
            {
                "squash" => "Squash merges are not allowed on this repository.",
                "rebase" => "Rebase merges are not allowed on this repository.",
                _ => "Merge commits are not allowed on this repository.",
            });
        }
    }

    /// <summary>What the base branch's protection has against the merge; null: nothing.</summary>
    private async Task<string?> ObstacleAsync(Repository repository, PullRequest pull, GitRepository git, string target, CancellationToken ct)
    {
        if (repository.Protections.GetValueOrDefault(pull.Base) is not { } protection)
        {
            return null;
        }

        var contexts = ContextsOf(repository, pull.HeadSha);
        var opinions = OpinionsOf(repository, pull);
        var missing = protection.Approvals - opinions.Count(opinion => opinion == "APPROVED");
        return protection switch
        {
            _ when protection.Contexts.Find(context => !contexts.ContainsKey(context)) is { } expected =>
                $"Required status check \"{expected}\" is expected.",
            _ when protection.Contexts.Find(context => contexts[context] != "success") is { } red =>
                $"Required status check \"{red}\" is {(contexts[red] == "pending" ? "pending" : "failing")}.",
            { Approvals: > 0 } when opinions.Contains("CHANGES_REQUESTED") => "Changes have been requested.",
            { Approvals: > 0 } when missing > 0 =>
                $"At least {missing} approving review{(missing == 1 ? " is" : "s are")} required by reviewers with write access.",
            { UpToDate: true } when !await git.ContainsAsync(pull.HeadSha, target, ct) =>
                "Head branch is out of date. Review and try the merge again.",
            _ => null,
        };
    }

    /// <summary>The newest opinion of each reviewer with write access: comments are none.</summary>
    private List<string> OpinionsOf(Repository repository, PullRequest pull) =>
    [
        .. pull.Reviews
            .Where(review => review.State is "APPROVED" or "CHANGES_REQUESTED" or "DISMISSED")
            .Where(review => MayWrite(FindAccount(review.Author), repository))
            .GroupBy(review => review.Author, (_, reviews) => reviews.Last().State),
    ];

    private static async Task<string?> MergeAsync(
        GitRepository git, Repository repository, Issue issue, string target, MergeRequest request, Account merger, Signature committer,
        CancellationToken ct)
    {
        if (await git.MergeTreeAsync(target, issue.Pull!.HeadSha, ct) is not { } tree)
        {
            return null;
        }

        var title = request.Title ?? MergeTitle(repository, issue.Number, issue.Pull.Head);
        var author = new Signature(merger.Name, merger.Email, committer.When);
        return await git.WriteCommitAsync(
            tree, [target, issue.Pull.HeadSha], $"{title}\n\n{request.Message ?? issue.Title}", author, committer, ct);
    }

    private async Task<string?> SquashAsync(
        GitRepository git, Issue issue, string target, MergeRequest request, Signature committer, CancellationToken ct)
    {
        if (await git.MergeTreeAsync(target, issue.Pull!.HeadSha, ct) is not { } tree)
        {
            return null;
        }

        var author = FindAccount(issue.Author) is { } account ? SignatureOf(account) : committer;
        var message = $"{request.Title ?? $"{issue.Title} (#{issue.Number})"}\n\n{request.Message}".TrimEnd();
        return await git.WriteCommitAsync(tree, [target], message, author, committer, ct);
    }

    /// <summary>GitHub's own first line of a merge commit.</summary>
    public static string MergeTitle(Repository repository, int number, string head) => $"Merge pull request #{number} from {repository.Owner}/{head}";

    private void CloseAsMerged(Issue issue, Account merger, string commit)
    {
        (issue.Pull!.MergedAt, issue.Pull.MergedBy, issue.Pull.MergeCommit) = (Now, merger.Id, commit);
        issue.ClosedAt = issue.UpdatedAt = Now;
    }

    private static GitHubRefusal NotMergeable() => new(405, "Pull Request is not mergeable");
}
