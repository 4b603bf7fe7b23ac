using ReleaseTasks.Sandbox.GitHub;

namespace ReleaseTasks.Sandbox.Sample;

/// <summary>The repository <c>zupo/sushi</c> with some past and, in pull request #3, a future.</summary>
internal sealed class SampleRepository : IDisposable
{
    public const string Owner = "zupo";
    public const string Name = "sushi";

    private const string Web = "sushi/web.py";

    private readonly Story _story;
    private readonly GitHubWorld _github;

    /// <param name="directory">The sandbox's folder. GitHub's stand-in must not have read its state yet: this writes it.</param>
    /// <param name="now">The end of the story.</param>
    public SampleRepository(string directory, DateTimeOffset now)
    {
        _story = new Story(now);
        _github = new GitHubWorld(directory, _story);
    }

    /// <summary>The commits that were deployed, oldest first; the last is the head of <c>master</c>.</summary>
    public async Task<IReadOnlyList<Commit>> BuildAsync(CancellationToken ct)
    {
        _story.DaysAgo(60);
        AddPeople();
        var repository = await _github.AddRepositoryAsync(Owner, Name, "master", ct);
        _github.AddCollaborator(repository, "dz0ny", "admin");
        _github.AddCollaborator(repository, "karantan", "write");
        _github.AddCollaborator(repository, "gurvankervern", "write");

        var first = await CommitAsync(repository, "master", Without(SampleFiles.Master, "README.md"), "Users, each with a page", "zupo", ct);
        _story.DaysAgo(30);
        var second = await CommitAsync(repository, "master", Only(SampleFiles.Master, "README.md"), "Say what it is", "dz0ny", ct);
        var third = await WidenNavigationAsync(repository, ct);
        await ProposeRemovalOfUsernameAsync(repository, ct);
        return [first, second, third];
    }

    /// <summary>A commit's files as they are built into a slug, packed.</summary>
    public Task ArchiveAsync(Commit commit, Stream tarGz, CancellationToken ct) =>
        _github.Git.ArchiveAsync(_github.Git.PathOf(Owner, Name), commit.Id, tarGz, ct);

    public void Dispose() => _github.Dispose();

    // The first one's token is the one that the sandbox hands out.
    private void AddPeople()
    {
        foreach (var login in new[] { "zupo", "dz0ny", "karantan", "gurvankervern" })
        {
            _github.AddUser(login, login, $"{login}@example.com");
        }
    }

    private async Task<Commit> WidenNavigationAsync(Repository repository, CancellationToken ct)
    {
        _story.DaysAgo(12);
        var issue = _github.OpenIssue(repository, "karantan", "increase navbar width", "The links don't fit.");
        await CommitAsync(repository, "wider-navbar", Only(SampleFiles.Master, Web), "Widen the navbar", "karantan", ct, narrow: false);
        var pull = await _github.OpenPullRequestAsync(
            repository, "karantan", "wider-navbar", "master", "increase navbar width", SampleFiles.WiderNavigation, ct);
        _github.Approve(pull, "zupo");
        _story.DaysAgo(9);
        var merged = await _github.MergeAsync(repository, pull, "karantan", ct);
        _github.Close(issue);
        return new(merged, _story.GetUtcNow());
    }

    private async Task ProposeRemovalOfUsernameAsync(Repository repository, CancellationToken ct)
    {
        _story.DaysAgo(2);
        var head = await CommitAsync(
            repository, "remove-username", SampleFiles.RemoveUsername, "Remove username, use email instead", "zupo", ct, narrow: false);
        var pull = await _github.OpenPullRequestAsync(
            repository, "zupo", "remove-username", "master", "remove `username` field, use `email` instead", SampleFiles.RemovalOfUsername, ct);
        _github.RequestReviews(pull, "dz0ny", "karantan", "gurvankervern");
        _github.SetStatus(repository, head.Id, "ci/tests", "success");
        _story.DaysAgo(1);
        _github.Approve(pull, "dz0ny");
        _github.Approve(pull, "karantan");
    }

    private async Task<Commit> CommitAsync(
        Repository repository, string branch, IReadOnlyDictionary<string, string> files, string message, string author, CancellationToken ct, bool narrow = true)
    {
        var texts = files.ToDictionary(file => file.Key, string? (file) => narrow ? Narrow(file.Value) : file.Value);
        return new(await _github.CommitAsync(repository, branch, texts, message, author, ct), _story.GetUtcNow());
    }

    // What pull request #2 changed.
    private static string Narrow(string text) => text.Replace("width: 60rem", "width: 40rem", StringComparison.Ordinal);

    private static Dictionary<string, string> Only(IReadOnlyDictionary<string, string> files, string path) => new() { [path] = files[path] };

    private static Dictionary<string, string> Without(IReadOnlyDictionary<string, string> files, string path) =>
        files.Where(file => file.Key != path).ToDictionary();

    /// <summary>A commit and when it was made.</summary>
    internal sealed record Commit(string Id, DateTimeOffset At);

    /// <summary>The clock of a past that is being told.</summary>
    private sealed class Story(DateTimeOffset end) : TimeProvider
    {
        private TimeSpan _before;

        public void DaysAgo(int days) => _before = TimeSpan.FromDays(days);

        public override DateTimeOffset GetUtcNow() => end - _before;
    }
}
