using System.Globalization;

namespace ReleaseTasks.Sandbox.GitHub;

internal sealed partial class GitRepository
{
    private const string CommitFormat = "--format=%H%x00%T%x00%P%x00%an%x00%ae%x00%at%x00%cn%x00%ce%x00%ct%x00%B%x01";

    /// <summary>The commits of a range (<c>from..to</c>) or all before a commit, newest first.</summary>
    public async Task<IReadOnlyList<GitCommit>> LogAsync(string range, CancellationToken ct)
    {
        var log = await git.RunAsync(["log", CommitFormat, "--end-of-options", range, "--"], ct);
        return [.. log.Split('\u0001', StringSplitOptions.RemoveEmptyEntries).Select(text => text.TrimStart('\n')).Where(text => text.Length > 0).Select(Parse)];
    }

    public async Task<GitCommit> ReadCommitAsync(string id, CancellationToken ct) =>
        Parse((await git.RunAsync(["show", "--no-patch", CommitFormat, "--end-of-options", id, "--"], ct)).TrimEnd('\u0001'));

    /// <summary>The files that differ between two commits (or between one and nothing), with their line counts.</summary>
    public async Task<IReadOnlyList<GitChange>> ChangesAsync(string? from, string to, CancellationToken ct)
    {
        string[] range = from is null ? ["--root", to] : [from, to];
        var lines = await git.RunAsync(["diff-tree", "-r", "-z", "--no-commit-id", "--raw", "--numstat", "--no-renames", .. range], ct);
        var parts = lines.Split('\0', StringSplitOptions.RemoveEmptyEntries);
        var changes = new Dictionary<string, GitChange>();
        for (var i = 0; i < parts.Length; i++)
        {
            if (parts[i].StartsWith(':'))
            {
                var raw = parts[i].Split(' ');
                changes[parts[i + 1]] = new GitChange(parts[++i], raw[4] switch { "A" => "added", "D" => "removed", _ => "modified" }, raw[4] == "D" ? raw[2] : raw[3], 0, 0);
                continue;
            }

            var counts = parts[i].Split('\t', 3);
            changes[counts[2]] = changes[counts[2]] with { Additions = Count(counts[0]), Deletions = Count(counts[1]) };
        }

        return [.. changes.Values];
    }

    /// <summary>One file's change as a unified diff without its header, as GitHub shows it.</summary>
    public async Task<string> PatchAsync(string? from, string to, string path, CancellationToken ct)
    {
        string[] range = from is null ? ["--root", to] : [from, to];
        var patch = await git.RunAsync(["diff-tree", "-p", "--no-commit-id", "--no-renames", .. range, "--", path], ct);
        var start = patch.IndexOf("@@", StringComparison.Ordinal);
        return start < 0 ? "" : patch[start..];
    }

    /// <summary>The two commits' whole difference, as <c>git diff</c> prints it.</summary>
    public Task<string> DiffAsync(string from, string to, CancellationToken ct) => git.RunAsync(["diff", "--no-color", from, to, "--"], ct);

    /// <summary>How many commits only the one and only the other side has.</summary>
    public async Task<(int Left, int Right)> CountAsync(string left, string right, CancellationToken ct)
    {
        var counts = (await git.RunAsync(["rev-list", "--left-right", "--count", $"{left}...{right}"], ct)).Split('\t');
        return (Count(counts[0]), Count(counts[1]));
    }

    /// <summary>A tree's entries, those of its sub-trees too where asked for.</summary>
    public async Task<IReadOnlyList<GitEntry>> TreeAsync(string tree, bool recursive, CancellationToken ct)
    {
        string[] depth = recursive ? ["-r", "-t"] : [];
        var lines = await git.RunAsync(["ls-tree", "-z", "--long", .. depth, tree], ct);
        return [.. lines.Split('\0', StringSplitOptions.RemoveEmptyEntries).Select(line =>
        {
            var (facts, path) = (line.Split('\t', 2)[0].Split(' ', StringSplitOptions.RemoveEmptyEntries), line.Split('\t', 2)[1]);
            return new GitEntry(facts[0], facts[1], facts[2], facts[3] == "-" ? null : Count(facts[3]), path);
        })];
    }

    /// <summary>A blob's bytes.</summary>
    public async Task<byte[]> ReadBlobAsync(string id, CancellationToken ct)
    {
        using var bytes = new MemoryStream();
        await git.CopyAsync(["cat-file", "blob", id], bytes, ct);
        return bytes.ToArray();
    }

    /// <summary>An annotated tag's target, its kind, name, tagger and message.</summary>
    public async Task<GitTag> ReadTagAsync(string id, CancellationToken ct)
    {
        var text = await git.RunAsync(["cat-file", "tag", id], ct);
        var end = text.IndexOf("\n\n", StringComparison.Ordinal);
        var header = text[..end].Split('\n').Select(line => line.Split(' ', 2)).ToDictionary(line => line[0], line => line[1]);
        var tagger = header["tagger"];
        var (mail, zone) = (tagger.LastIndexOf('<'), tagger.LastIndexOf('>'));
        var seconds = tagger[(zone + 2)..].Split(' ')[0];
        return new GitTag(
            header["object"], header["type"], header["tag"], text[(end + 2)..],
            new Signature(tagger[..(mail - 1)], tagger[(mail + 1)..zone], Time(seconds)));
    }

    private static GitCommit Parse(string text)
    {
        var parts = text.Split('\0');
        return new GitCommit(
            parts[0], parts[1], parts[2].Split(' ', StringSplitOptions.RemoveEmptyEntries),
            new Signature(parts[3], parts[4], Time(parts[5])), new Signature(parts[6], parts[7], Time(parts[8])), parts[9].TrimEnd('\n'));
    }

    private static DateTimeOffset Time(string seconds) =>
        DateTimeOffset.FromUnixTimeSeconds(long.Parse(seconds, CultureInfo.InvariantCulture));

    /// <summary>A number; git writes <c>-</c> for a binary file's lines.</summary>
    private static int Count(string text) => text == "-" ? 0 : int.Parse(text, CultureInfo.InvariantCulture);
}

internal sealed record GitCommit(string Id, string Tree, IReadOnlyList<string> Parents, Signature Author, Signature Committer, string Message);

/// <param name="Path">The file.</param>
/// <param name="Kind"><c>added</c>, <c>removed</c> or <c>modified</c>.</param>
/// <param name="Blob">The file's content; the old one where it was removed.</param>
/// <param name="Additions">Lines.</param>
/// <param name="Deletions">Lines.</param>
internal sealed record GitChange(string Path, string Kind, string Blob, int Additions, int Deletions);

/// <param name="Mode">Such as <c>100644</c>.</param>
/// <param name="Kind"><c>blob</c>, <c>tree</c> or <c>commit</c> (a submodule).</param>
/// <param name="Id">The object.</param>
/// <param name="Size">A blob's bytes.</param>
/// <param name="Path">From the tree that was asked for.</param>
internal sealed record GitEntry(string Mode, string Kind, string Id, int? Size, string Path);

internal sealed record GitTag(string Target, string Kind, string Name, string Message, Signature Tagger);
