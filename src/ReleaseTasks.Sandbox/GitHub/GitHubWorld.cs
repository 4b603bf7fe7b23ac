using System.Security.Cryptography;
using System.Text;
using ReleaseTasks.Sandbox.Serving;

namespace ReleaseTasks.Sandbox.GitHub;

/// <summary>GitHub as it stands: accounts, repositories, issues and pull requests, with git's own part in real repositories.</summary>
/// <remarks>Whoever changes it holds <see cref="EnterAsync"/>'s lock and calls <see cref="Save"/>; the methods that build a world do both.</remarks>
internal sealed partial class GitHubWorld(string directory, TimeProvider time) : IDisposable
{
    private readonly StateFile<GitHubState> file = new(Path.Combine(directory, "github.json"));
    private readonly SemaphoreSlim gate = new(1, 1);
    private GitHubState? loaded;
    private bool caughtUp;

    public IGitStore Git { get; } = new GitStore(directory);

    public DateTimeOffset Now => time.GetUtcNow();

    public GitHubState State => loaded ??= file.Load();

    /// <summary>For a past that is told in one go: nothing is saved while it is.</summary>
    public bool IsBeingTold { get; set; }

    public void Save()
    {
        if (!IsBeingTold)
        {
            file.Save(State);
        }
    }

    public async Task<IDisposable> EnterAsync(CancellationToken ct)
    {
        await gate.WaitAsync(ct);
        try
        {
            await CatchUpAsync(ct);
            return new Entered(gate);
        }
        catch
        {
            gate.Release();
            throw;
        }
    }

    public long NextId() => ++State.LastId;

    public GitRepository Open(Repository repository) => Git.Open(repository.Owner, repository.Name);

    /// <summary>The account of an id; null where it was deleted.</summary>
    public Account? FindAccount(long id) => State.Accounts.Find(account => account.Id == id);

    /// <summary>The account of a login, which ignores case.</summary>
    public Account? FindAccount(string login) => State.Accounts.Find(account => account.Login.Equals(login, StringComparison.OrdinalIgnoreCase));

    public Account? FindAccountByToken(string token) => State.Accounts.Find(account => account.Token == token);

    public Repository? FindRepository(string owner, string name) => State.Repositories.Find(repository =>
        repository.Owner.Equals(owner, StringComparison.OrdinalIgnoreCase) && repository.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>What an account may do: <c>none</c>, <c>read</c>, <c>triage</c>, <c>write</c>, <c>maintain</c> or <c>admin</c>.</summary>
    public static string RoleOf(Account? account, Repository repository) =>
        account is null ? "none"
        : account.Login.Equals(repository.Owner, StringComparison.OrdinalIgnoreCase) ? "admin"
        : repository.Collaborators.GetValueOrDefault(account.Id, "none");

    public static bool MayWrite(Account? account, Repository repository) => RoleOf(account, repository) is "write" or "maintain" or "admin";

    public Signature SignatureOf(Account account) => new(account.Name, account.Email, Now);

    /// <summary>What lets a client without a token fetch one commit's archive: an address that was handed out, and can't be guessed.</summary>
    public string ArchiveTokenOf(Repository repository, string commit) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(
            Encoding.UTF8.GetBytes(FindAccount(repository.Owner)!.Token), Encoding.UTF8.GetBytes($"{repository.Id}/{commit}")));

    public void Dispose() => gate.Dispose();

    /// <summary>A power cut may have come between git's part of a change and ours: git's refs are right.</summary>
    private async Task CatchUpAsync(CancellationToken ct)
    {
        if (caughtUp)
        {
            return;
        }

        foreach (var repository in State.Repositories)
        {
            Open(repository).RemoveStaleLocks();
            await FollowRefsAsync(repository, ct);
        }

        caughtUp = true;
    }

    private static string NewToken(string login) => $"sandbox-{login}-{RandomNumberGenerator.GetHexString(32, lowercase: true)}";

    private sealed class Entered(SemaphoreSlim gate) : IDisposable
    {
        public void Dispose() => gate.Release();
    }
}
