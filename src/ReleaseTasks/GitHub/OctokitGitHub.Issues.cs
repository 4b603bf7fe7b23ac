namespace ReleaseTasks.GitHub;

internal sealed partial class OctokitGitHub
{
    public Task<IReadOnlyList<Comment>> ListCommentsAsync(int number, CancellationToken ct) => AskAsync<IReadOnlyList<Comment>>(
        async () => [.. (await _client.Issue.Comment.GetAllForIssue(_owner, _name, number, AllPages)).Select(Answers.Comment)],
        ct);

    public Task<string?> FindIssueTitleAsync(int number, CancellationToken ct) => AskAsync(
        async () => await FindJsonAsync($"issues/{number}", ct) is { } issue ? issue.GetProperty("title").GetString() : null,
        ct);
}
