namespace ReleaseTasks.Sandbox.GitHub;

/// <summary>How a world is put together before anyone asks: the sample world, the tests.</summary>
internal sealed partial class GitHubWorld
{
    /// <summary>A person with a token of their own.</summary>
    public Account AddUser(string login, string name, string email) => AddAccount(login, name, email, isBot: false);

    /// <summary>An app's bot, <c>{slug}[bot]</c>, with an installation's token: it may write check runs, which people may not.</summary>
    public Account AddApp(string slug) => AddAccount($"{slug}[bot]", slug, $"{slug}[bot]@users.noreply.github.com", isBot: true);

    /// <summary>The account goes, what it did stays: its reviews and comments name nobody from now on.</summary>
    public void RemoveAccount(string login)
    {
        State.Accounts.Remove(Known(login));
        Save();
    }

    /// <summary>An empty private repository.</summary>
    public async Task<Repository> AddRepositoryAsync(string owner, string name, string defaultBranch, CancellationToken ct)
    {
        var repository = new Repository
        {
            Id = NextId(),
            Owner = Known(owner).Login,
            Name = name,
            DefaultBranch = defaultBranch,
            CreatedAt = Now,
            PushedAt = Now,
        };
        await Git.CreateAsync(repository.Owner, repository.Name, defaultBranch, ct);
        State.Repositories.Add(repository);
        Save();
        return repository;
    }

    /// <param name="repository">Where.</param>
    /// <param name="login">Who.</param>
    /// <param name="role"><c>read</c>, <c>triage</c>, <c>write</c>, <c>maintain</c> or <c>admin</c>.</param>
    public void AddCollaborator(Repository repository, string login, string role)
    {
        repository.Collaborators[Known(login).Id] = role;
        Save();
    }

    public void Protect(Repository repository, string branch, Protection protection)
    {
        repository.Protections[branch] = protection;
        Save();
    }

    /// <summary>Commits changed files by path (a null text deletes one) and gives the commit's id; a new branch starts at the default one.</summary>
    public async Task<string> CommitAsync(
        Repository repository, string branch, IReadOnlyDictionary<string, string?> files, string message, string author, CancellationToken ct)
    {
        var git = Open(repository);
        if (branch != repository.DefaultBranch && await git.FindCommitAsync($"refs/heads/{branch}", ct) is null)
        {
            await git.BranchAsync(branch, repository.DefaultBranch, ct);
        }

        var commit = await git.CommitAsync(branch, files, message, SignatureOf(Known(author)), ct);
        await RefsMovedAsync(repository, ct);
        return commit;
    }

    public Issue OpenIssue(Repository repository, string author, string title, string? body)
    {
        var issue = NewIssue(repository, Known(author), title, body, pull: null);
        Save();
        return issue;
    }

    public void Close(Issue issue)
    {
        issue.ClosedAt = issue.UpdatedAt = Now;
        Save();
    }

    public async Task<Issue> OpenPullRequestAsync(
        Repository repository, string author, string head, string @base, string title, string? body, CancellationToken ct)
    {
        var issue = await NewPullRequestAsync(repository, Known(author), head, @base, title, body, draft: false, ct);
        Save();
        return issue;
    }

    /// <summary>A pull request whose refs are there already, <c>refs/pull/N/head</c> included.</summary>
    public Issue RecordPullRequest(Repository repository, string author, PullRequest pull, string title, string? body)
    {
        var issue = NewIssue(repository, Known(author), title, body, pull);
        Save();
        return issue;
    }

    /// <summary>A merge that is in the base branch already.</summary>
    public void RecordMerge(Repository repository, Issue issue, string login, string commit)
    {
        CloseAsMerged(issue, Known(login), commit);
        repository.PushedAt = Now;
        Save();
    }

    public void RequestReviews(Issue issue, params IEnumerable<string> logins)
    {
        issue.Pull!.RequestedReviewers.AddRange(logins.Select(login => Known(login).Id));
        Save();
    }

    public Review Approve(Issue issue, string login) => AddReview(issue, login, "APPROVED", "");

    public Review RequestChanges(Issue issue, string login, string body) => AddReview(issue, login, "CHANGES_REQUESTED", body);

    public Comment AddComment(Issue issue, string login, string body)
    {
        var comment = NewComment(issue, Known(login), body);
        Save();
        return comment;
    }

    public void SetStatus(Repository repository, string sha, string context, string state)
    {
        repository.Statuses.Add(new CommitStatus(NextId(), sha, context, state, null, null, State.Accounts[0].Id, Now));
        Save();
    }

    private Review AddReview(Issue issue, string login, string state, string body)
    {
        var review = NewReview(issue, Known(login), state, body, issue.Pull!.HeadSha);
        Save();
        return review;
    }

    private Account AddAccount(string login, string name, string email, bool isBot)
    {
        var account = new Account
        {
            Id = NextId(),
            Login = login,
            Name = name,
            Email = email,
            Token = NewToken(login.Replace("[bot]", "", StringComparison.Ordinal)),
            CreatedAt = Now,
            IsBot = isBot,
        };
        State.Accounts.Add(account);
        Save();
        return account;
    }

    private Account Known(string login) => FindAccount(login) ?? throw new ArgumentException($"There's no GitHub account '{login}'.", nameof(login));
}
