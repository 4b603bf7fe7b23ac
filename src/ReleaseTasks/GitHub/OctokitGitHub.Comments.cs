namespace ReleaseTasks.GitHub;

internal sealed partial class OctokitGitHub
{
    public async Task<Comment?> FindCommentAsync(int number, string marker, CancellationToken ct) =>
        (await ListCommentsAsync(number, ct)).FirstOrDefault(comment => comment.Body.Contains(marker, StringComparison.Ordinal));

    public Task<IReadOnlyList<Comment>> ListCommentsAsync(int number, CancellationToken ct) => AskAsync<IReadOnlyList<Comment>>(
        async () => [.. (await _client.Issue.Comment.GetAllForIssue(_owner, _name, number, AllPages)).Select(Answers.Comment)],
        ct);

    public Task<Comment> CreateCommentAsync(int number, string body, CancellationToken ct) =>
        AskAsync(async () => Answers.Comment(await _client.Issue.Comment.Create(_owner, _name, number, _clean(body))), ct);

    public Task<Comment> UpdateCommentAsync(long id, string body, CancellationToken ct) =>
        AskAsync(async () => Answers.Comment(await _client.Issue.Comment.Update(_owner, _name, id, _clean(body))), ct);

    public Task<string?> FindIssueTitleAsync(int number, CancellationToken ct) => AskAsync(
        async () => await FindJsonAsync($"issues/{number}", ct) is { } issue ? issue.GetProperty("title").GetString() : null,
        ct);
}
