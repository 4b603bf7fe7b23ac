using System.Net;
using Octokit;

namespace ReleaseTasks.GitHub;

internal sealed partial class OctokitGitHub
{
    private static readonly string[] AskingForReview = ["ready_for_review", "review_requested"];

    public async Task<Person?> FindViewerAsync(CancellationToken ct)
    {
        try
        {
            return await AskAsync(async () => Answers.Person(await _client.User.Current()) ?? throw new InvalidDataException("it names nobody"), ct);
        }
        catch (GitHubException e) when (e.Status == HttpStatusCode.Forbidden)
        {
            return null;
        }
    }

    public Task<PullRequest> GetPullRequestAsync(int number, CancellationToken ct) =>
        AskAsync(async () => Answers.PullRequest(await _client.PullRequest.Get(_owner, _name, number)), ct);

    public Task<IReadOnlyList<PullRequest>> ListOpenPullRequestsAsync(CancellationToken ct) => AskAsync<IReadOnlyList<PullRequest>>(
        async () =>
        {
            var open = new PullRequestRequest { State = ItemStateFilter.Open };
            var all = await _client.PullRequest.GetAllForRepository(_owner, _name, open, AllPages);
            return [.. all.Select(Answers.PullRequest)];
        },
        ct);

    public Task<PullRequest> CreatePullRequestAsync(NewPullRequest request, CancellationToken ct) => AskAsync(
        async () => Answers.PullRequest(await _client.PullRequest.Create(
            _owner,
            _name,
            new Octokit.NewPullRequest(request.Title, request.Head, request.Base) { Body = request.Body, Draft = request.Draft })),
        ct);

    public Task<PullRequest> UpdatePullRequestAsync(int number, string? title, string? body, CancellationToken ct) => AskAsync(
        async () => Answers.PullRequest(
            await _client.PullRequest.Update(_owner, _name, number, new PullRequestUpdate { Title = title, Body = body })),
        ct);

    public Task RequestReviewersAsync(int number, IEnumerable<string> logins, CancellationToken ct) =>
        AskAsync(() => _client.PullRequest.ReviewRequest.Create(_owner, _name, number, new PullRequestReviewRequest([.. logins], [])), ct);

    public Task<IReadOnlyList<Review>> ListReviewsAsync(int number, CancellationToken ct) => AskAsync<IReadOnlyList<Review>>(
        async () => [.. (await ListAsync($"pulls/{number}/reviews?per_page={PageSize}", page => page, ct)).Select(Answers.Review)],
        ct);

    public Task<DateTimeOffset> GetReviewableSinceAsync(PullRequest pullRequest, CancellationToken ct) => AskAsync(
        async () =>
        {
            var events = await _client.Issue.Events.GetAllForIssue(_owner, _name, pullRequest.Number, AllPages);
            return events
                .Where(e => AskingForReview.Contains(e.Event.StringValue))
                .Select(e => e.CreatedAt)
                .Append(pullRequest.CreatedAt)
                .Max();
        },
        ct);

    public async Task<MergeOutcome> MergeAsync(int number, CommitSha head, CancellationToken ct)
    {
        try
        {
            var request = new MergePullRequest { Sha = head.ToString() };
            var answer = await AskAsync(() => _client.PullRequest.Merge(_owner, _name, number, request), ct);
            return answer is { Merged: true } && CommitSha.Parse(answer.Sha) is { } merged
                ? new MergeOutcome.Merged(merged)
                : new MergeOutcome.Unknown("GitHub's answer to the merge names no commit.");
        }
        catch (GitHubException e) when (e.OutcomeUnknown)
        {
            return new MergeOutcome.Unknown(e.Message);
        }
        catch (GitHubException e) when (e.Status == HttpStatusCode.Conflict)
        {
            return new MergeOutcome.HeadMoved(e.Reason);
        }
        catch (GitHubException e) when (e.Status is not HttpStatusCode.Unauthorized and not HttpStatusCode.TooManyRequests)
        {
            return new MergeOutcome.Refused(e.Reason);
        }
    }
}
