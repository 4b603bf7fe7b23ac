namespace ReleaseTasks.Sandbox.GitHub;

/// <summary>Real bare git repositories, one folder each: <c>{Directory}/git/{owner}/{repo}.git</c>.</summary>
internal interface IGitStore
{
    /// <summary>Where a repository is kept, whether it exists yet or not.</summary>
    string PathOf(string owner, string repo);

    /// <summary>An existing repository.</summary>
    /// <exception cref="DirectoryNotFoundException">There's none of that name.</exception>
    GitRepository Open(string owner, string repo);

    /// <summary>A new, empty repository.</summary>
    Task<GitRepository> CreateAsync(string owner, string repo, string defaultBranch, CancellationToken ct);

    /// <summary>Writes a commit's files as a gzipped tar with GitHub's single top-level folder, <c>owner-repo-sha7/</c>.</summary>
    Task ArchiveAsync(string gitDirectory, string commit, Stream tarGz, CancellationToken ct);
}
