using ReleaseTasks.Sandbox.GitHub;

namespace ReleaseTasks.Sandbox.Sample;

/// <summary>The repository <c>zupo/sushi</c> with some past and, in pull request #3, a future.</summary>
internal sealed class SampleRepository : IDisposable
{
    public const string Owner = "zupo";
    public const string Name = "sushi";

    private const string Main = "master";
    private const string WiderNavbar = "wider-navbar";
    private const string RemoveUsername = "remove-username";
    private const string NavbarTitle = "increase navbar width";

    // Days before the end of the story.
    private const int Begun = 60;
    private const int Described = 30;
    private const int NavbarProposed = 12;
    private const int NavbarMerged = 9;
    private const int RemovalProposed = 2;
    private const int RemovalApproved = 1;

    private readonly Story _story;
    private readonly GitHubWorld _github;

    /// <param name="directory">The sandbox's folder. GitHub's stand-in must not have read its state yet: this writes it.</param>
    /// <param name="now">The end of the story.</param>
    public SampleRepository(string directory, DateTimeOffset now)
    {
        _story = new Story(now);
        _github = new GitHubWorld(directory, _story) { IsBeingTold = true };
    }

    /// <summary>The commits that were deployed, oldest first; the last is the head of <c>master</c>.</summary>
    public async Task<IReadOnlyList<Commit>> BuildAsync(CancellationToken ct)
    {
        _story.DaysAgo(Begun);
        AddPeople();
        var repository = await _github.AddRepositoryAsync(Owner, Name, Main, ct);
        _github.AddCollaborator(repository, "dz0ny", "admin");
        _github.AddCollaborator(repository, "karantan", "write");
        _github.AddCollaborator(repository, "gurvankervern", "write");

        if (await _github.Open(repository).ImportAsync(Write(repository), ct) is not [var first, var second, var navbar, var merge, var removal])
        {
            throw new InvalidOperationException("The sample's history has another number of commits.");
        }

        TellOfNavbar(repository, navbar, second, merge);
        TellOfRemoval(repository, removal, merge);
        _github.IsBeingTold = false;
        _github.Save();
        return
        [
            new(first, At(Begun), Narrow(Without(SampleFiles.Master, "README.md"))),
            new(second, At(Described), Narrow(SampleFiles.Master)),
            new(merge, At(NavbarMerged), SampleFiles.Master),
        ];
    }

    public void Dispose() => _github.Dispose();

    // The first one's token is the one that the sandbox hands out.
    private void AddPeople()
    {
        foreach (var login in new[] { "zupo", "dz0ny", "karantan", "gurvankervern" })
        {
            _github.AddUser(login, login, $"{login}@example.com");
        }
    }

    /// <summary>What is in git: five commits, and the refs of two pull requests.</summary>
    private GitHistory Write(Repository repository)
    {
        var history = new GitHistory();
        var first = Commit(Main, Begun, "zupo", "Users, each with a page", Narrow(Without(SampleFiles.Master, "README.md")));
        var second = Commit(Main, Described, "dz0ny", "Say what it is", Narrow(Only(SampleFiles.Master, "README.md")), first);
        var widened = Changed(Narrow(SampleFiles.Master), SampleFiles.Master);
        var navbar = Commit(WiderNavbar, NavbarProposed, "karantan", "Widen the navbar", widened, second);
        history.Point("refs/pull/2/head", navbar);
        var title = $"{GitHubWorld.MergeTitle(repository, 2, WiderNavbar)}\n\n{NavbarTitle}";
        var merge = Commit(Main, NavbarMerged, "karantan", title, widened, second, navbar);
        var removal = Commit(RemoveUsername, RemovalProposed, "zupo", "Remove username, use email instead", SampleFiles.RemoveUsername, merge);
        history.Point("refs/pull/3/head", removal);
        return history;

        string Commit(string branch, int daysAgo, string author, string message, IReadOnlyDictionary<string, string> files, params string[] parents) =>
            history.Commit(branch, files!, message, Signature(author, daysAgo), Committer(author, daysAgo, parents), parents);
    }

    private void TellOfNavbar(Repository repository, string head, string @base, string merge)
    {
        _story.DaysAgo(NavbarProposed);
        var issue = _github.OpenIssue(repository, "karantan", NavbarTitle, "The links don't fit.");
        var pull = _github.RecordPullRequest(repository, "karantan", Proposed(WiderNavbar, head, @base), NavbarTitle, SampleFiles.WiderNavigation);
        _github.Approve(pull, "zupo");
        _story.DaysAgo(NavbarMerged);
        _github.RecordMerge(repository, pull, "karantan", merge);
        _github.Close(issue);
    }

    private void TellOfRemoval(Repository repository, string head, string @base)
    {
        _story.DaysAgo(RemovalProposed);
        repository.PushedAt = _story.GetUtcNow();
        var pull = _github.RecordPullRequest(
            repository, "zupo", Proposed(RemoveUsername, head, @base), "remove `username` field, use `email` instead", SampleFiles.RemovalOfUsername);
        _github.RequestReviews(pull, "dz0ny", "karantan", "gurvankervern");
        _github.SetStatus(repository, head, "ci/tests", "success");
        _story.DaysAgo(RemovalApproved);
        _github.Approve(pull, "dz0ny");
        _github.Approve(pull, "karantan");
    }

    private static PullRequest Proposed(string branch, string head, string @base) => new() { Head = branch, Base = Main, HeadSha = head, BaseSha = @base };

    private Signature Signature(string login, int daysAgo) => _github.SignatureOf(_github.FindAccount(login)!) with { When = At(daysAgo) };

    private Signature Committer(string author, int daysAgo, string[] parents) =>
        parents.Length > 1 ? GitHubWorld.GitHubItself with { When = At(daysAgo) } : Signature(author, daysAgo);

    private DateTimeOffset At(int daysAgo) => _story.At(daysAgo);

    // What pull request #2 changed.
    private static Dictionary<string, string> Narrow(IReadOnlyDictionary<string, string> files) =>
        files.ToDictionary(file => file.Key, file => file.Value.Replace("width: 60rem", "width: 40rem", StringComparison.Ordinal));

    private static Dictionary<string, string> Changed(IReadOnlyDictionary<string, string> from, IReadOnlyDictionary<string, string> to) =>
        to.Where(file => from[file.Key] != file.Value).ToDictionary();

    private static Dictionary<string, string> Only(IReadOnlyDictionary<string, string> files, string path) => new() { [path] = files[path] };

    private static Dictionary<string, string> Without(IReadOnlyDictionary<string, string> files, string path) =>
        files.Where(file => file.Key != path).ToDictionary();

    /// <summary>A commit, when it was made, and the whole of its files by path.</summary>
    internal sealed record Commit(string Id, DateTimeOffset At, IReadOnlyDictionary<string, string> Files);

    /// <summary>The clock of a past that is being told.</summary>
    private sealed class Story(DateTimeOffset end) : TimeProvider
    {
        private int _daysAgo;

        public void DaysAgo(int days) => _daysAgo = days;

        public DateTimeOffset At(int daysAgo) => end - TimeSpan.FromDays(daysAgo);

        public override DateTimeOffset GetUtcNow() => At(_daysAgo);
    }
}
