using ReleaseTasks.Sandbox.GitHub;
using ReleaseTasks.Sandbox.Serving;

namespace ReleaseTasks.Sandbox.Staging;

/// <summary>The project's repository on the sandbox's GitHub: its two commits with their history, and the pull request between them.</summary>
internal sealed class StagedRepository(Stage stage, SandboxParts parts) : IDisposable
{
    private readonly GitHubWorld _github = new(parts.Directory, parts.Clock);
    private readonly string _owner = stage.Repository.Split('/')[0];
    private readonly string _name = stage.Repository.Split('/')[1];

    public async Task BuildAsync(CancellationToken ct)
    {
        AddPeople();
        var repository = await _github.AddRepositoryAsync(_owner, _name, stage.MainBranch, ct);
        repository.FirstNumber = stage.PullRequest.Number;
        foreach (var login in Writers.Where(login => !IsSame(login, _owner)))
        {
            _github.AddCollaborator(repository, login, "write");
        }

        await FetchAsync(repository, stage.MainBranch, stage.Base, ct);
        await FetchAsync(repository, stage.PullRequest.Branch, stage.PullRequest.Head, ct);
        if (await _github.Open(repository).ContainsAsync(stage.Base, stage.PullRequest.Head, ct))
        {
            throw new StageException($"{stage.PullRequest.Branch} holds nothing that {stage.MainBranch} hasn't got: there is nothing to roll out.");
        }

        await OpenPullRequestAsync(repository, ct);
    }

    /// <summary>The deployed commit's files, packed.</summary>
    public Task ArchiveBaseAsync(Stream tarGz, CancellationToken ct) => _github.Git.ArchiveAsync(_github.Git.PathOf(_owner, _name), stage.Base, tarGz, ct);

    public void Dispose() => _github.Dispose();

    private IEnumerable<string> Writers => stage.People.Concat(stage.PullRequest.Approvers).Prepend(stage.PullRequest.Author).Distinct(StringComparer.OrdinalIgnoreCase);

    // The first one's token is the one that the sandbox hands out.
    private void AddPeople()
    {
        foreach (var login in Writers.Append(_owner).Distinct(StringComparer.OrdinalIgnoreCase))
        {
            _github.AddUser(login, login, $"{login}@example.com");
        }
    }

    private async Task FetchAsync(Repository repository, string branch, string commit, CancellationToken ct)
    {
        try
        {
            await _github.Open(repository).FetchAsync(stage.Checkout, commit, branch, ct);
            await _github.RefsMovedAsync(repository, ct);
        }
        catch (GitException e)
        {
            throw new StageException($"{branch} ({commit[..7]}) can't be fetched from {stage.Checkout}: {e.Message}", e);
        }
    }

    private async Task OpenPullRequestAsync(Repository repository, CancellationToken ct)
    {
        var (_, title, description, author, branch, head, approvers, checks) = stage.PullRequest;
        var pull = await _github.OpenPullRequestAsync(repository, author, branch, stage.MainBranch, title, description, ct);
        foreach (var approver in approvers.Where(login => !IsSame(login, author)))
        {
            _github.Approve(pull, approver);
        }

        foreach (var check in checks)
        {
            _github.SetStatus(repository, head, check, "success");
        }
    }

    private static bool IsSame(string one, string other) => one.Equals(other, StringComparison.OrdinalIgnoreCase);
}
