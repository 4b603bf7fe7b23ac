using ReleaseTasks.Http;

namespace ReleaseTasks.GitHub;

internal sealed partial class OctokitGitHub
{
    private const int Redirects = 5;

    public Task<Comparison> CompareAsync(string @base, string head, CancellationToken ct) => AskAsync(
        async () =>
        {
            var answer = await _client.Repository.Commit.Compare(_owner, _name, @base, head);
            return new Comparison(
                [.. (answer.Files ?? []).Select(Answers.ChangedFile)],
                [.. (answer.Commits ?? []).Select(commit => commit.Commit?.Message ?? "")]);
        },
        ct);

    public Task<bool> IsOnBranchAsync(CommitSha commit, string branch, CancellationToken ct) => AskAsync(
        async () =>
        {
            // Of two commits that are far apart GitHub would list the files too, which takes long: one commit a page is enough to tell.
            var answer = await FindJsonAsync($"compare/{Uri.EscapeDataString(branch)}...{commit}?per_page=1", ct);
            return answer is { } found && Answers.Text(found, "status") is "identical" or "behind";
        },
        ct);

    public Task<Stream> OpenTarballAsync(CommitSha commit, CancellationToken ct) => AskAsync(
        async () =>
        {
            var address = new Uri(_http.BaseAddress!, RelativeToRepository($"tarball/{commit}"));
            for (var redirects = 0; redirects <= Redirects; redirects++)
            {
                var response = await OpenAsync(address, ct);
                if (response.IsSuccessStatusCode)
                {
                    return await response.Content.ReadAsStreamAsync(ct);
                }

                using (response)
                {
                    address = response.Headers.Location is { } next && Unredirected.Redirects(response)
                        ? new Uri(address, next)
                        : throw Exchange.Current!.Refused(await ReasonAsync(response, ct));
                    if (!address.KeepsSecrets)
                    {
                        throw Exchange.Current!.Refused($"it redirects to {address.Host} without encryption");
                    }
                }
            }

            throw Exchange.Current!.Unreadable($"more than {Redirects} redirects");
        },
        ct);

    private async Task<HttpResponseMessage> OpenAsync(Uri address, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        var http = address.IsAt(_http.BaseAddress!) ? _http : _elsewhere;
        return await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
    }
}
