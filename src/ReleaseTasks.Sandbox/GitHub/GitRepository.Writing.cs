namespace ReleaseTasks.Sandbox.GitHub;

internal sealed partial class GitRepository
{
    /// <summary>Points a new branch at a commit, or at the commit of another branch or tag.</summary>
    public async Task BranchAsync(string branch, string from, CancellationToken ct)
    {
        var start = await FindCommitAsync(from, ct) ?? throw new GitException("rev-parse", 128, $"there's no '{from}' to start from");
        if (!await TryCreateRefAsync($"refs/heads/{branch}", start, ct))
        {
            throw new GitException("update-ref", 128, $"a branch '{branch}' exists already");
        }
    }

    /// <summary>Brings a commit and its history from another repository on this machine, as a new branch.</summary>
    public Task FetchAsync(string from, string commit, string branch, CancellationToken ct) =>
        git.RunAsync(["fetch", "--quiet", "--no-tags", "--update-shallow", "--end-of-options", from, $"{commit}:refs/heads/{branch}"], ct);

    /// <summary>Commits changed files by path (a null text deletes one) and gives the commit's id; a missing branch is begun without history.</summary>
    public async Task<string> CommitAsync(
        string branch, IReadOnlyDictionary<string, string?> files, string message, Signature author, CancellationToken ct)
    {
        var parent = await FindCommitAsync($"refs/heads/{branch}", ct);
        var history = new GitHistory();
        history.Commit(branch, files, message, author, author, parent is null ? [] : [parent]);
        return (await ImportAsync(history, ct))[0];
    }

    /// <summary>Writes commits and moves the refs that they name.</summary>
    /// <returns>The commits' ids, in their order.</returns>
    public async Task<IReadOnlyList<string>> ImportAsync(GitHistory history, CancellationToken ct) =>
        (await git.RunAsync(["-c", "fastimport.unpackLimit=0", "fast-import", "--quiet"], history.Script, ct)).Split('\n');

    /// <summary>Writes a commit object; no ref points at it yet.</summary>
    public Task<string> WriteCommitAsync(
        string tree, IEnumerable<string> parents, string message, Signature author, Signature committer, CancellationToken ct)
    {
        var environment = new Dictionary<string, string>
        {
            ["GIT_AUTHOR_NAME"] = author.Name,
            ["GIT_AUTHOR_EMAIL"] = author.Email,
            ["GIT_AUTHOR_DATE"] = $"{Seconds(author.When)} +0000",
            ["GIT_COMMITTER_NAME"] = committer.Name,
            ["GIT_COMMITTER_EMAIL"] = committer.Email,
            ["GIT_COMMITTER_DATE"] = $"{Seconds(committer.When)} +0000",
        };
        return git.RunAsync(["commit-tree", tree, .. parents.SelectMany(parent => new[] { "-p", parent })], message, environment, ct);
    }

    /// <summary>Writes an annotated tag's object; no ref points at it yet.</summary>
    public Task<string> WriteTagAsync(string name, string target, string kind, string message, Signature tagger, CancellationToken ct) =>
        git.RunAsync(
            ["mktag"],
            $"object {target}\ntype {kind}\ntag {name}\ntagger {tagger.Name} <{tagger.Email}> {Seconds(tagger.When)} +0000\n\n{message}\n",
            ct);

    public Task<string> WriteBlobAsync(string text, CancellationToken ct) => git.RunAsync(["hash-object", "-w", "--stdin"], text, ct);

    /// <summary>Writes a tree: the entries of another one (or of none) with these put in, replaced or, where the id is null, left out.</summary>
    public async Task<string> WriteTreeAsync(string? start, IEnumerable<(string Mode, string Path, string? Id)> entries, CancellationToken ct)
    {
        using var index = new TemporaryIndex();
        if (start is not null)
        {
            await git.RunAsync(["read-tree", start], "", index.Environment, ct);
        }

        var changes = entries.Select(entry => entry.Id is null ? $"0 {Nothing}\t{entry.Path}\0" : $"{entry.Mode} {entry.Id}\t{entry.Path}\0");
        await git.RunAsync(["update-index", "-z", "--index-info"], string.Concat(changes), index.Environment, ct);
        return await git.RunAsync(["write-tree"], "", index.Environment, ct);
    }

    /// <summary>A bare repository has no index of its own: each commit is put together in a file that's thrown away.</summary>
    private sealed class TemporaryIndex : IDisposable
    {
        private readonly string file = Path.Combine(Path.GetTempPath(), $"index-{Guid.NewGuid():N}");

        public IReadOnlyDictionary<string, string> Environment => new Dictionary<string, string> { ["GIT_INDEX_FILE"] = file };

        public void Dispose() => File.Delete(file);
    }
}

/// <summary>Who made a commit or a tag, and when.</summary>
internal sealed record Signature(string Name, string Email, DateTimeOffset When);
