namespace ReleaseTasks.Sandbox.GitHub.Rest;

/// <summary>git's own objects and refs.</summary>
internal static class GitDatabase
{
    public static void Map(GitHubRoutes routes)
    {
        routes.Get("/repos/{owner}/{repo}/git/ref/{**name}", ShowRefAsync);
        routes.Get("/repos/{owner}/{repo}/git/refs/{**name}", ShowRefsTheOldWayAsync);
        routes.Get("/repos/{owner}/{repo}/git/matching-refs/{**name}", ListMatchingAsync);
        routes.Post("/repos/{owner}/{repo}/git/refs", CreateRefAsync);
        routes.Patch("/repos/{owner}/{repo}/git/refs/{**name}", UpdateRefAsync);
        routes.Delete("/repos/{owner}/{repo}/git/refs/{**name}", DeleteRefAsync);
        routes.Post("/repos/{owner}/{repo}/git/commits", CreateCommitAsync);
        routes.Get("/repos/{owner}/{repo}/git/commits/{sha}", ShowCommitAsync);
        routes.Post("/repos/{owner}/{repo}/git/tags", CreateTagAsync);
        routes.Get("/repos/{owner}/{repo}/git/tags/{sha}", ShowTagAsync);
        routes.Post("/repos/{owner}/{repo}/git/trees", CreateTreeAsync);
        routes.Get("/repos/{owner}/{repo}/git/trees/{**sha}", ShowTreeAsync);
        routes.Post("/repos/{owner}/{repo}/git/blobs", CreateBlobAsync);
        routes.Get("/repos/{owner}/{repo}/git/blobs/{sha}", ShowBlobAsync);
    }

    private static async Task<GitHubAnswer> ShowRefAsync(GitHubCall call, CancellationToken ct) =>
        Answer(call, await call.Git.FindRefAsync($"refs/{call.Text("name")}", ct) ?? throw GitHubRefusal.NotFound());

    /// <remarks>The endpoint from before 2019, which no description names any more: where only longer names match it answers with their list.</remarks>
    private static async Task<GitHubAnswer> ShowRefsTheOldWayAsync(GitHubCall call, CancellationToken ct)
    {
        var matching = await call.Git.RefsAsync($"refs/{call.Text("name")}", ct);
        return matching.FirstOrDefault(found => found.Name == $"refs/{call.Text("name")}") is { } exact ? Answer(call, exact)
            : matching.Count > 0 ? GitHubAnswer.Ok(matching.Select(found => call.Json.Ref(call.Repository, found)).ToList())
            : throw GitHubRefusal.NotFound();
    }

    private static async Task<GitHubAnswer> ListMatchingAsync(GitHubCall call, CancellationToken ct) =>
        call.Page(await call.Git.RefsAsync($"refs/{call.Text("name")}", ct), found => call.Json.Ref(call.Repository, found));

    private static async Task<GitHubAnswer> CreateRefAsync(GitHubCall call, CancellationToken ct)
    {
        var repository = call.WritableRepository;
        var (name, id) = (call.Body.NeededText("ref"), call.Body.NeededText("sha"));
        if (!name.StartsWith("refs/", StringComparison.Ordinal) || name.Count(c => c == '/') < 2 || !await call.Git.IsRefNameAsync(name, ct))
        {
            throw new GitHubRefusal(422, "Reference name must start with 'refs/' and contain at least two slashes.");
        }

        await RefuseUnknownAsync(call, name, id, ct);
        if (!await call.Git.TryCreateRefAsync(name, id, ct))
        {
            throw new GitHubRefusal(422, "Reference already exists");
        }

        await call.World.RefsMovedAsync(repository, ct);
        return GitHubAnswer.Created(call.Json.Ref(repository, new GitRef(name, id, (await call.Git.KindAsync(id, ct))!)));
    }

    private static async Task<GitHubAnswer> UpdateRefAsync(GitHubCall call, CancellationToken ct)
    {
        var repository = call.WritableRepository;
        var id = call.Body.NeededText("sha");
        var current = await ExistingAsync(call, ct);
        await RefuseUnknownAsync(call, current.Name, id, ct);
        if (call.Body.Flag("force") != true && !await call.Git.ContainsAsync(id, current.Id, ct))
        {
            throw new GitHubRefusal(422, "Update is not a fast forward");
        }

        if (!await call.Git.TryMoveRefAsync(current.Name, current.Id, id, ct))
        {
            throw new GitHubRefusal(409, "Reference cannot be updated");
        }

        await call.World.RefsMovedAsync(repository, ct);
        return Answer(call, new GitRef(current.Name, id, (await call.Git.KindAsync(id, ct))!));
    }

    private static async Task<GitHubAnswer> DeleteRefAsync(GitHubCall call, CancellationToken ct)
    {
        var repository = call.WritableRepository;
        var current = await ExistingAsync(call, ct);
        if (!await call.Git.TryDeleteRefAsync(current.Name, current.Id, ct))
        {
            throw new GitHubRefusal(422, "Reference does not exist");
        }

        await call.World.RefsMovedAsync(repository, ct);
        return GitHubAnswer.NoContent;
    }

    private static async Task<GitHubAnswer> CreateCommitAsync(GitHubCall call, CancellationToken ct)
    {
        var (repository, git, body) = (call.WritableRepository, call.Git, call.Body);
        var tree = body.NeededText("tree");
        var parents = body.Texts("parents") ?? [];
        if (await git.KindAsync(tree, ct) != "tree")
        {
            throw new GitHubRefusal(422, "Tree SHA does not exist");
        }

        foreach (var parent in parents)
        {
            if (await git.KindAsync(parent, ct) != "commit")
            {
                throw new GitHubRefusal(422, "Parent SHA does not exist or is not a commit object");
            }
        }

        var author = Person(call, body.Object("author"));
        var committer = body.Object("committer") is { } other ? Person(call, other) : author;
        var id = await git.WriteCommitAsync(tree, parents, body.NeededText("message"), author, committer, ct);
        return GitHubAnswer.Created(call.Json.GitCommit(repository, await git.ReadCommitAsync(id, ct)));
    }

    private static async Task<GitHubAnswer> ShowCommitAsync(GitHubCall call, CancellationToken ct)
    {
        await NeedAsync(call, "commit", ct);
        return GitHubAnswer.Ok(call.Json.GitCommit(call.Repository, await call.Git.ReadCommitAsync(call.Text("sha"), ct)));
    }

    /// <remarks>Only the object: a ref must be created for it to be seen as a tag.</remarks>
    private static async Task<GitHubAnswer> CreateTagAsync(GitHubCall call, CancellationToken ct)
    {
        var (repository, git, body) = (call.WritableRepository, call.Git, call.Body);
        var (name, target) = (body.NeededText("tag"), body.NeededText("object"));
        _ = body.NeededText("type");
        var kind = body.Choice("type", "commit", "tree", "blob", "tag")!;
        if (await git.KindAsync(target, ct) != kind)
        {
            throw new GitHubRefusal(422, "Object does not exist");
        }

        if (!await git.IsRefNameAsync($"refs/tags/{name}", ct))
        {
            throw GitHubRefusal.Custom("Tag", "tag is not a valid name");
        }

        var id = await git.WriteTagAsync(name, target, kind, body.NeededText("message"), Person(call, body.Object("tagger")), ct);
        return GitHubAnswer.Created(call.Json.GitTag(repository, id, await git.ReadTagAsync(id, ct)));
    }

    private static async Task<GitHubAnswer> ShowTagAsync(GitHubCall call, CancellationToken ct)
    {
        await NeedAsync(call, "tag", ct);
        return GitHubAnswer.Ok(call.Json.GitTag(call.Repository, call.Text("sha"), await call.Git.ReadTagAsync(call.Text("sha"), ct)));
    }

    private static async Task<GitHubAnswer> CreateTreeAsync(GitHubCall call, CancellationToken ct)
    {
        var (repository, git) = (call.WritableRepository, call.Git);
        var entries = new List<(string Mode, string Path, string? Id)>();
        foreach (var entry in call.Body.Objects("tree"))
        {
            var id = entry.Text("content") is { } content ? await git.WriteBlobAsync(content, ct) : entry.Text("sha");
            entries.Add((entry.NeededText("mode"), entry.NeededText("path"), id));
        }

        var start = call.Body.Text("base_tree");
        if (start is not null && await git.KindAsync(start, ct) is not ("tree" or "commit"))
        {
            throw new GitHubRefusal(422, "base_tree is not a valid tree oid");
        }

        var tree = await git.WriteTreeAsync(start, entries, ct);
        return GitHubAnswer.Created(call.Json.Tree(repository, tree, await git.TreeAsync(tree, recursive: false, ct)));
    }

    private static async Task<GitHubAnswer> ShowTreeAsync(GitHubCall call, CancellationToken ct)
    {
        var name = call.Text("sha");
        var tree = await call.Git.KindAsync(name, ct) == "tree"
            ? name
            : (await call.Git.ReadCommitAsync(await call.Git.FindCommitAsync(name, ct) ?? throw GitHubRefusal.NotFound(), ct)).Tree;
        return GitHubAnswer.Ok(call.Json.Tree(call.Repository, tree, await call.Git.TreeAsync(tree, call.Query("recursive") is not null, ct)));
    }

    private static async Task<GitHubAnswer> CreateBlobAsync(GitHubCall call, CancellationToken ct)
    {
        _ = call.WritableRepository;
        var content = call.Body.NeededText("content");
        var id = call.Body.Choice("encoding", "utf-8", "base64") == "base64"
            ? await call.Git.WriteBlobAsync(Decoded(content), ct)
            : await call.Git.WriteBlobAsync(content, ct);
        return GitHubAnswer.Created(new { sha = id, url = $"/repos/{call.Repository.FullName}/git/blobs/{id}" });
    }

    private static async Task<GitHubAnswer> ShowBlobAsync(GitHubCall call, CancellationToken ct)
    {
        await NeedAsync(call, "blob", ct);
        var id = call.Text("sha");
        return GitHubAnswer.Ok(call.Json.Blob(call.Repository, id, await call.Git.ReadBlobAsync(id, ct)));
    }

    private static async Task<GitRef> ExistingAsync(GitHubCall call, CancellationToken ct) =>
        await call.Git.FindRefAsync($"refs/{call.Text("name")}", ct) ?? throw new GitHubRefusal(422, "Reference does not exist");

    private static async Task RefuseUnknownAsync(GitHubCall call, string name, string id, CancellationToken ct)
    {
        var kind = id.Length == 40 ? await call.Git.KindAsync(id, ct) : null;
        if (kind is null || (name.StartsWith("refs/heads/", StringComparison.Ordinal) && kind != "commit"))
        {
            throw new GitHubRefusal(422, "Object does not exist");
        }
    }

    private static async Task NeedAsync(GitHubCall call, string kind, CancellationToken ct)
    {
        if (await call.Git.KindAsync(call.Text("sha"), ct) != kind)
        {
            throw GitHubRefusal.NotFound();
        }
    }

    private static Signature Person(GitHubCall call, GitHubBody? person)
    {
        var viewer = call.World.SignatureOf(call.Viewer);
        return person is null ? viewer : new Signature(person.NeededText("name"), person.NeededText("email"), person.Time("date") ?? viewer.When);
    }

    private static string Decoded(string base64)
    {
        try
        {
            return System.Text.Encoding.UTF8.GetString(Convert.FromBase64String(base64.ReplaceLineEndings("")));
        }
        catch (FormatException)
        {
            throw GitHubRefusal.Malformed("For 'properties/content', the text is not base64.");
        }
    }

    private static GitHubAnswer Answer(GitHubCall call, GitRef found) => GitHubAnswer.Ok(call.Json.Ref(call.Repository, found));
}
