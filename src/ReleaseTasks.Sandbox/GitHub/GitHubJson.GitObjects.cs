namespace ReleaseTasks.Sandbox.GitHub;

/// <summary>Git's own objects, and the files in them.</summary>
internal sealed partial class GitHubJson
{
    public object Ref(Repository repository, GitRef @ref) => new
    {
        @ref = @ref.Name,
        node_id = Node("Ref", @ref.Name),
        url = Api(repository, $"/git/{@ref.Name}"),
        @object = new { sha = @ref.Id, type = @ref.Kind, url = Api(repository, $"/git/{@ref.Kind}s/{@ref.Id}") },
    };

    public object GitCommit(Repository repository, GitCommit commit) => new
    {
        sha = commit.Id,
        node_id = Node("Commit", commit.Id),
        url = Api(repository, $"/git/commits/{commit.Id}"),
        html_url = Html(repository, $"/commit/{commit.Id}"),
        author = Person(commit.Author),
        committer = Person(commit.Committer),
        tree = new { sha = commit.Tree, url = Api(repository, $"/git/trees/{commit.Tree}") },
        message = commit.Message,
        parents = Parents(repository, commit),
        verification = Unsigned,
    };

    public object GitTag(Repository repository, string id, GitTag tag) => new
    {
        node_id = Node("Tag", id),
        sha = id,
        url = Api(repository, $"/git/tags/{id}"),
        tagger = Person(tag.Tagger),
        @object = new { sha = tag.Target, type = tag.Kind, url = Api(repository, $"/git/{tag.Kind}s/{tag.Target}") },
        tag = tag.Name,
        message = tag.Message,
        verification = Unsigned,
    };

    public object Tree(Repository repository, string id, IEnumerable<GitEntry> entries) => new
    {
        sha = id,
        url = Api(repository, $"/git/trees/{id}"),
        tree = entries.Select(entry => Merged(
            new { path = entry.Path, mode = entry.Mode, type = entry.Kind, sha = entry.Id, url = Api(repository, $"/git/{entry.Kind}s/{entry.Id}") },
            entry.Size is { } size ? new { size } : new { })).ToList(),
        truncated = false,
    };

    public object Blob(Repository repository, string id, byte[] bytes) => new
    {
        sha = id,
        node_id = Node("Blob", id),
        size = bytes.Length,
        url = Api(repository, $"/git/blobs/{id}"),
        content = Base64(bytes),
        encoding = "base64",
    };

    public object Content(Repository repository, string commit, string path, GitEntry entry)
    {
        var self = Api(repository, $"/contents/{path}?ref={commit}");
        var kind = entry switch { { Kind: "tree" } => "dir", { Mode: "120000" } => "symlink", { Kind: "commit" } => "submodule", _ => "file" };
        var git = Api(repository, $"/git/{entry.Kind}s/{entry.Id}");
        var html = Html(repository, $"/{(kind == "dir" ? "tree" : "blob")}/{commit}/{path}");
        return new
        {
            name = path.Split('/')[^1],
            path,
            sha = entry.Id,
            size = entry.Size ?? 0,
            url = self,
            html_url = html,
            git_url = git,
            download_url = kind == "file" ? Html(repository, $"/raw/{commit}/{path}") : null,
            type = kind,
            _links = new { self, git, html },
        };
    }

    public object FileContent(Repository repository, string commit, string path, GitEntry entry, byte[] bytes) =>
        Merged(Content(repository, commit, path, entry), new { content = Base64(bytes), encoding = "base64" });

    /// <summary>GitHub breaks the lines of base64 as mail does.</summary>
    private static string Base64(byte[] bytes) =>
        string.Concat(Convert.ToBase64String(bytes).Chunk(60).Select(line => new string(line) + "\n"));
}
