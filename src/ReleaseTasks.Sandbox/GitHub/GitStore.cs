using System.IO.Compression;

namespace ReleaseTasks.Sandbox.GitHub;

/// <summary>The repositories below one folder.</summary>
internal sealed class GitStore(string directory) : IGitStore
{
    private readonly string root = Path.Combine(Path.GetFullPath(directory), "git");

    public string PathOf(string owner, string repo) => Path.Combine(root, Checked(owner), Checked(repo) + ".git");

    public GitRepository Open(string owner, string repo)
    {
        var path = PathOf(owner, repo);
        return Directory.Exists(path)
            ? new GitRepository(path)
            : throw new DirectoryNotFoundException($"There's no git repository {owner}/{repo} in {root}.");
    }

    public async Task<GitRepository> CreateAsync(string owner, string repo, string defaultBranch, CancellationToken ct)
    {
        var path = PathOf(owner, repo);
        Directory.CreateDirectory(path);
        await new Git(path).RunAsync(["init", "--quiet", "--bare", "--template=", $"--initial-branch={defaultBranch}"], ct);
        return new GitRepository(path);
    }

    public async Task ArchiveAsync(string gitDirectory, string commit, Stream tarGz, CancellationToken ct)
    {
        var repo = Path.GetFileNameWithoutExtension(gitDirectory);
        var owner = Path.GetFileName(Path.GetDirectoryName(gitDirectory));
        // Compressed here: git would start a gzip program that not every machine has.
        await using var compressed = new GZipStream(tarGz, CompressionLevel.Fastest, leaveOpen: true);
        await new Git(gitDirectory).CopyAsync(
            ["archive", "--format=tar", $"--prefix={owner}-{repo}-{commit[..7]}/", "--end-of-options", commit], compressed, ct);
    }

    /// <summary>Names come from requests: one that could climb out of the folder is refused here, whoever asks.</summary>
    private static string Checked(string name) =>
        name.Length > 0 && name.Trim('.').Length > 0 && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.')
            ? name
            : throw new ArgumentException($"'{name}' can't be the name of a repository or of its owner.", nameof(name));
}
