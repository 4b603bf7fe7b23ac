namespace ReleaseTasks.GitHub;

/// <summary>The part of GitHub that a roll-out needs, for one repository; paths are those below <c>/repos/{owner}/{repo}</c>.</summary>
/// <exception cref="GitHubException">Any method: GitHub refused, or its answer is missing or can't be read.</exception>
public interface IGitHub
{
    RepositoryName Repository { get; }

    /// <summary><c>GET /user</c>: whose token this is; null for a workflow's or an app's, which is nobody's and gets a 403.</summary>
    Task<Person?> FindViewerAsync(CancellationToken ct);

    /// <summary>
    /// <c>GET /pulls/{number}</c>: the only request that tells whether it can be merged, and the first one only starts finding out.
    /// </summary>
    Task<PullRequest> GetPullRequestAsync(int number, CancellationToken ct);

    /// <summary><c>GET /pulls?state=open</c>, all pages. Mergeability is unknown here.</summary>
    Task<IReadOnlyList<PullRequest>> ListOpenPullRequestsAsync(CancellationToken ct);

    /// <summary><c>POST /pulls</c></summary>
    Task<PullRequest> CreatePullRequestAsync(NewPullRequest request, CancellationToken ct);

    /// <summary><c>PATCH /pulls/{number}</c> with what isn't null. There is no conditional write: read back what you wrote.</summary>
    Task<PullRequest> UpdatePullRequestAsync(int number, string? title, string? body, CancellationToken ct);

    /// <summary>
    /// <c>POST /pulls/{number}/requested_reviewers</c>. The author, or one stranger, fails the whole request: leave them out.
    /// </summary>
    Task RequestReviewersAsync(int number, IEnumerable<string> logins, CancellationToken ct);

    /// <summary><c>GET /pulls/{number}/reviews</c>, all pages: every submission, oldest first, nobody de-duplicated.</summary>
    Task<IReadOnlyList<Review>> ListReviewsAsync(int number, CancellationToken ct);

    /// <summary>
    /// <c>GET /issues/{number}/events</c>, all pages: since when reviewers have been asked; the latest of opened, ready for review
    /// and review requested.
    /// </summary>
    Task<DateTimeOffset> GetReviewableSinceAsync(PullRequest pullRequest, CancellationToken ct);

    /// <summary>Commit statuses and check runs of a commit, all pages, and which of them the branch requires.</summary>
    Task<Checks> GetChecksAsync(CommitSha commit, string branch, CancellationToken ct);

    /// <summary><c>PUT /pulls/{number}/merge</c> at exactly this head. Never throws for an answer that is an outcome.</summary>
    Task<MergeOutcome> MergeAsync(int number, CommitSha head, CancellationToken ct);

    /// <summary><c>GET /issues/{number}/comments</c>, all pages, oldest first.</summary>
    Task<IReadOnlyList<Comment>> ListCommentsAsync(int number, CancellationToken ct);

    /// <summary><c>POST /git/refs</c>: atomic, of several at once exactly one creates it.</summary>
    Task<RefCreation> CreateRefAsync(RefName name, CommitSha commit, CancellationToken ct);

    /// <summary><c>GET /git/ref/{name}</c>: exactly this name; null where there is none.</summary>
    Task<CommitSha?> FindRefAsync(RefName name, CancellationToken ct);

    /// <summary><c>GET /git/matching-refs/{start}</c>, all pages: the refs whose names begin like this.</summary>
    Task<IReadOnlyList<RefName>> ListRefsAsync(RefName start, CancellationToken ct);

    /// <summary>
    /// <c>PATCH /git/refs/{name}</c>, never forced: false where <paramref name="commit"/> doesn't descend from what is there now. With a
    /// note whose parent is what was read before, this is a compare-and-swap.
    /// </summary>
    Task<bool> AdvanceRefAsync(RefName name, CommitSha commit, CancellationToken ct);

    /// <summary><c>DELETE /git/refs/{name}</c>: false where it was gone already. Not conditional.</summary>
    Task<bool> DeleteRefAsync(RefName name, CancellationToken ct);

    /// <summary><c>POST /git/commits</c>: a commit that changes no file and carries <paramref name="text"/> as its message.</summary>
    /// <param name="text">What it says, such as a journal line.</param>
    /// <param name="treeOf">Any commit of the repository: the note borrows its files.</param>
    /// <param name="parent">The note before it; null for the first.</param>
    /// <param name="ct">Ends the wait.</param>
    Task<CommitSha> WriteNoteAsync(string text, CommitSha treeOf, CommitSha? parent, CancellationToken ct);

    /// <summary><c>GET /git/commits/{sha}</c></summary>
    Task<Note> ReadNoteAsync(CommitSha note, CancellationToken ct);

    /// <summary>
    /// <c>POST /check-runs</c> or, for an <paramref name="id"/>, <c>PATCH /check-runs/{id}</c>; GitHub takes 50 annotations at a time, the
    /// rest follow. Only tokens of a GitHub app may: others get a 403.
    /// </summary>
    Task<long> PublishCheckAsync(CheckReport report, long? id, CancellationToken ct);

    /// <summary><c>GET /tarball/{sha}</c>, redirects followed; the token goes to no other host. Dispose what you get.</summary>
    Task<Stream> OpenTarballAsync(CommitSha commit, CancellationToken ct);

    /// <summary><c>GET /issues/{number}</c>: its title; null where there is no such issue.</summary>
    Task<string?> FindIssueTitleAsync(int number, CancellationToken ct);

    /// <summary><c>GET /compare/{base}...{head}</c>: what <paramref name="head"/> brings since the two parted.</summary>
    Task<Comparison> CompareAsync(string @base, string head, CancellationToken ct);

    /// <summary><c>GET /compare/{branch}...{commit}</c>: whether the branch holds the commit; no where there is no such branch or commit.</summary>
    Task<bool> IsOnBranchAsync(CommitSha commit, string branch, CancellationToken ct);

    /// <summary><c>GET /branches/{branch}</c>: its head; null where there is none.</summary>
    Task<CommitSha?> FindBranchAsync(string branch, CancellationToken ct);
}
