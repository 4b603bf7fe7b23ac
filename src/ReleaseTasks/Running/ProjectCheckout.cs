namespace ReleaseTasks.Running;

/// <summary>The git checkout that the program was started in, as far as a rehearsal needs it.</summary>
/// <param name="Folder">Its top.</param>
/// <param name="CurrentBranch">What is checked out.</param>
/// <param name="Branches">The commits of all branches, by their short names: <c>master</c>, <c>origin/master</c>.</param>
public sealed record ProjectCheckout(string Folder, string CurrentBranch, IReadOnlyDictionary<string, string> Branches)
{
    /// <summary>The commit of a branch: for the main one, the remote's counts, which is what was deployed. Null where there's no such branch.</summary>
    internal string? Find(string branch, bool remoteFirst) =>
        (remoteFirst ? new[] { $"origin/{branch}", branch } : [branch, $"origin/{branch}"]).Select(name => Branches.GetValueOrDefault(name)).FirstOrDefault(commit => commit is not null);
}
