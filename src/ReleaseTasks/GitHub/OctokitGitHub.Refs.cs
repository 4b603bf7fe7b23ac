using System.Net;
using Octokit;

namespace ReleaseTasks.GitHub;

internal sealed partial class OctokitGitHub
{
    private const int CreationAttempts = 3;
    private const int RefsAPage = 100;

    public async Task<RefCreation> CreateRefAsync(RefName name, CommitSha commit, CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await AskAsync(() => _client.Git.Reference.Create(_owner, _name, new NewReference(name.Name, commit.ToString())), ct);
                return RefCreation.Created;
            }
            catch (GitHubException e) when (e.Status is HttpStatusCode.UnprocessableEntity or HttpStatusCode.Conflict)
            {
                // "Exists already" and "makes no sense" carry the same status: looking tells them apart.
                if (await FindRefAsync(name, ct) is not null)
                {
                    return RefCreation.Exists;
                }

                // It may have been deleted in between; what makes no sense, doesn't the third time either.
                if (attempt == CreationAttempts)
                {
                    throw;
                }
            }
        }
    }

    public Task<CommitSha?> FindRefAsync(RefName name, CancellationToken ct) => AskAsync(
        async () =>
        {
            // Not Octokit's: it asks the old endpoint, which answers with longer names too.
            var found = await FindJsonAsync($"git/ref/{name.Path}", ct);
            return found is { } reference
                ? Answers.Sha(reference.GetProperty("object").GetProperty("sha").GetString(), "object.sha")
                : null;
        },
        ct);

    public Task<IReadOnlyList<RefName>> ListRefsAsync(RefName start, CancellationToken ct) => AskAsync<IReadOnlyList<RefName>>(
        async () =>
        {
            var all = new List<RefName>();
            for (var page = 1; all.Count == (page - 1) * RefsAPage; page++)
            {
                var found = await GetJsonAsync($"git/matching-refs/{start.Path}?per_page={RefsAPage}&page={page}", ct);
                all.AddRange(found.EnumerateArray().Select(reference => new RefName(reference.GetProperty("ref").GetString()!)));
            }

            return all;
        },
        ct);

    public async Task<bool> AdvanceRefAsync(RefName name, CommitSha commit, CancellationToken ct)
    {
        try
        {
            await AskAsync(() => _client.Git.Reference.Update(_owner, _name, name.Path, new ReferenceUpdate(commit.ToString(), false)), ct);
            return true;
        }
        catch (GitHubException e) when (e.Status is HttpStatusCode.UnprocessableEntity or HttpStatusCode.Conflict)
        {
            return await FindRefAsync(name, ct) == commit;
        }
    }

    public async Task<bool> DeleteRefAsync(RefName name, CancellationToken ct)
    {
        try
        {
            await AskAsync(() => _client.Git.Reference.Delete(_owner, _name, name.Path), ct);
            return true;
        }
        catch (GitHubException e) when (e.Status is HttpStatusCode.UnprocessableEntity or HttpStatusCode.NotFound)
        {
            if (await FindRefAsync(name, ct) is null)
            {
                return false;
            }

            throw;
        }
    }

    public Task<CommitSha> WriteNoteAsync(string text, CommitSha treeOf, CommitSha? parent, CancellationToken ct) => AskAsync(
        async () =>
        {
            var lender = await _client.Git.Commit.Get(_owner, _name, treeOf.ToString());
            var tree = Answers.Sha(lender?.Tree?.Sha, "tree.sha").ToString();
            string[] parents = parent is null ? [] : [parent.ToString()];
            var note = await _client.Git.Commit.Create(_owner, _name, new NewCommit(text, tree, parents));
            return Answers.Sha(note?.Sha, "sha");
        },
        ct);

    public Task<Note> ReadNoteAsync(CommitSha note, CancellationToken ct) =>
        AskAsync(async () => Answers.Note(await _client.Git.Commit.Get(_owner, _name, note.ToString())), ct);

    public Task<CommitSha?> FindBranchAsync(string branch, CancellationToken ct) => AskAsync(
        async () =>
        {
            var found = await FindJsonAsync($"branches/{Uri.EscapeDataString(branch)}", ct);
            return found is { } there ? Answers.Sha(there.GetProperty("commit").GetProperty("sha").GetString(), "commit.sha") : null;
        },
        ct);
}
