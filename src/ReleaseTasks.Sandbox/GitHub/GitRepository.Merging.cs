namespace ReleaseTasks.Sandbox.GitHub;

internal sealed partial class GitRepository
{
    /// <summary>The tree that merging two commits gives; null where they conflict.</summary>
    /// <remarks>Needs git 2.38 or later, and no work tree.</remarks>
    public async Task<string?> MergeTreeAsync(string one, string other, CancellationToken ct)
    {
        var merged = await git.TryAsync(["merge-tree", "--write-tree", "--allow-unrelated-histories", one, other], ct);
        return merged.ExitCode switch
        {
            0 => merged.Output.Split('\n')[0],
            1 => null,
            _ => throw new GitException("merge-tree", merged.ExitCode, merged.Errors),
        };
    }

    /// <summary>Puts a branch's own commits one by one on top of another commit; null where one conflicts.</summary>
    public async Task<string?> RebaseAsync(string onto, string head, Signature committer, CancellationToken ct)
    {
        var top = onto;
        foreach (var commit in (await LogAsync($"{onto}..{head}", ct)).Where(commit => commit.Parents.Count == 1).Reverse())
        {
            // A stand-in for the top that has the commit's parent as its parent makes the parent the merge base.
            var seat = await WriteCommitAsync(
                (await ReadCommitAsync(top, ct)).Tree, commit.Parents, "", committer, committer, ct);
            if (await MergeTreeAsync(seat, commit.Id, ct) is not { } tree)
            {
                return null;
            }

            top = await WriteCommitAsync(tree, [top], commit.Message, commit.Author, committer, ct);
        }

        return top;
    }

    /// <summary>The commit by which a branch came to contain another commit: the merge, or the commit itself.</summary>
    public async Task<string> EntryAsync(string branch, string contained, CancellationToken ct)
    {
        var path = await git.RunAsync(["rev-list", "--first-parent", "--ancestry-path", $"{contained}..{branch}"], ct);
        return path.Length == 0 ? contained : path.Split('\n')[^1];
    }
}
