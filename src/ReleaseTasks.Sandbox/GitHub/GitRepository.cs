using System.Globalization;

namespace ReleaseTasks.Sandbox.GitHub;

/// <summary>One bare repository: its refs and what they point at.</summary>
internal sealed partial class GitRepository(string directory)
{
    /// <summary>"No object": what a ref held that didn't exist, or will hold once it's gone.</summary>
    private const string Nothing = "0000000000000000000000000000000000000000";

    private readonly Git git = new(directory);

    /// <summary>The bare repository's folder.</summary>
    public string Directory => directory;

    /// <summary>The commit that a branch, a tag, a full ref name or an (abbreviated) id names; null where it names none.</summary>
    /// <remarks>No other revision syntax: a name from a request can't reach <c>master@{1}</c>, <c>HEAD^</c> or <c>:/text</c>.</remarks>
    public async Task<string?> FindCommitAsync(string name, CancellationToken ct)
    {
        string[] candidates = name switch
        {
            "HEAD" => [name],
            _ when name.StartsWith("refs/", StringComparison.Ordinal) => [name],
            _ when IsId(name) => [$"refs/heads/{name}", $"refs/tags/{name}", name],
            _ => [$"refs/heads/{name}", $"refs/tags/{name}", $"refs/{name}"],
        };

        foreach (var candidate in candidates.Where(candidate => IsId(candidate) || IsPlain(candidate)))
        {
            var found = await git.TryAsync(["rev-parse", "--verify", "--quiet", "--end-of-options", candidate + "^{commit}"], ct);
            if (found.Succeeded)
            {
                return found.Output.Trim();
            }
        }

        return null;
    }

    /// <summary>The kind of an object (<c>commit</c>, <c>tree</c>, <c>blob</c>, <c>tag</c>); null where it's unknown.</summary>
    public async Task<string?> KindAsync(string id, CancellationToken ct)
    {
        if (!IsId(id))
        {
            return null;
        }

        var kind = await git.TryAsync(["cat-file", "-t", id], ct);
        return kind.Succeeded ? kind.Output.Trim() : null;
    }

    /// <summary>Every ref whose full name starts with <paramref name="prefix"/>, in the order of their names.</summary>
    public async Task<IReadOnlyList<GitRef>> RefsAsync(string prefix, CancellationToken ct)
    {
        var lines = await git.RunAsync(["for-each-ref", "--format=%(objectname) %(objecttype) %(refname)"], ct);
        return [.. lines.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split(' ', 3))
            .Select(parts => new GitRef(parts[2], parts[0], parts[1]))
            .Where(found => found.Name.StartsWith(prefix, StringComparison.Ordinal))];
    }

    /// <summary>The ref of exactly this full name.</summary>
    public async Task<GitRef?> FindRefAsync(string name, CancellationToken ct) =>
        (await RefsAsync(name, ct)).FirstOrDefault(found => found.Name == name);

    /// <summary>Creates a ref that must not exist: of any number of contenders exactly one is told true.</summary>
    public Task<bool> TryCreateRefAsync(string name, string id, CancellationToken ct) => TryMoveRefAsync(name, Nothing, id, ct);

    /// <summary>Moves a ref that must still hold <paramref name="from"/>.</summary>
    public async Task<bool> TryMoveRefAsync(string name, string from, string to, CancellationToken ct) =>
        (await git.TryAsync(["update-ref", "--no-deref", name, to, from], ct)).Succeeded;

    /// <summary>Points a ref somewhere, whatever it held.</summary>
    public Task SetRefAsync(string name, string id, CancellationToken ct) => git.RunAsync(["update-ref", "--no-deref", name, id], ct);

    /// <summary>Deletes a ref that must still hold <paramref name="id"/>.</summary>
    public async Task<bool> TryDeleteRefAsync(string name, string id, CancellationToken ct) =>
        (await git.TryAsync(["update-ref", "--no-deref", "-d", name, id], ct)).Succeeded;

    /// <summary>Whether git would accept the name for a ref.</summary>
    public async Task<bool> IsRefNameAsync(string name, CancellationToken ct) =>
        IsPlain(name) && (await git.TryAsync(["check-ref-format", name], ct)).Succeeded;

    /// <summary>Whether everything in <paramref name="older"/> is in <paramref name="newer"/> too.</summary>
    public async Task<bool> ContainsAsync(string newer, string older, CancellationToken ct) =>
        (await git.TryAsync(["merge-base", "--is-ancestor", older, newer], ct)).Succeeded;

    /// <summary>The commit where two histories parted; null where they've nothing in common.</summary>
    public async Task<string?> MergeBaseAsync(string one, string other, CancellationToken ct)
    {
        var found = await git.TryAsync(["merge-base", one, other], ct);
        return found.Succeeded ? found.Output.Trim() : null;
    }

    /// <summary>Removes what a killed git left locked. Only while nobody else works here: at the sandbox's start.</summary>
    public void RemoveStaleLocks()
    {
        foreach (var stale in System.IO.Directory.EnumerateFiles(directory, "*.lock", SearchOption.AllDirectories).ToList())
        {
            File.Delete(stale);
        }
    }

    public static bool IsId(string text) => text.Length is >= 7 and <= 40 && text.All(char.IsAsciiHexDigit);

    /// <summary>Without the characters that git reads as more than a name.</summary>
    private static bool IsPlain(string name) =>
        !name.StartsWith('-') && !name.Contains("@{", StringComparison.Ordinal) && name.IndexOfAny(['^', '~', ':', '?', '*', '[', '\\', ' ']) < 0;

    private static string Seconds(DateTimeOffset time) => time.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
}

/// <summary>A ref, the object it names and that object's kind.</summary>
internal sealed record GitRef(string Name, string Id, string Kind);
