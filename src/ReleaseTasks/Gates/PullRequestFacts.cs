using ReleaseTasks.GitHub;

namespace ReleaseTasks.Gates;

/// <summary>A pull request, and what people and machines say about it.</summary>
public sealed record PullRequestFacts
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(60);

    public required PullRequest PullRequest { get; init; }

    /// <summary>All of them, oldest first, all about the same head.</summary>
    public IReadOnlyList<Review> Reviews { get; init; } = [];

    public Checks Checks { get; init; } = new([], []);

    /// <summary>Whose token this is; null for a workflow's or an app's, which is nobody's.</summary>
    public Person? Viewer { get; init; }

    /// <summary>In a workflow, the logins of who started it and who ran it again.</summary>
    public IReadOnlyList<string> Actors { get; init; } = [];

    /// <summary>The head that this roll-out began with; null before it began.</summary>
    public CommitSha? ApprovedHead { get; init; }

    /// <summary>The head that reviews and checks must be about.</summary>
    public CommitSha Head => ApprovedHead ?? PullRequest.Head;

    /// <summary>
    /// Reads the pull request before and after its reviews, until both show the same head, and until GitHub has found out whether it can
    /// be merged, for at most a minute.
    /// </summary>
    public static async Task<PullRequestFacts> ReadAsync(IGitHub github, int number, TimeProvider time, CancellationToken ct)
    {
        var began = time.GetTimestamp();
        for (var pause = TimeSpan.FromSeconds(1); ; pause *= 2)
        {
            var before = await github.GetPullRequestAsync(number, ct);
            var reviews = await github.ListReviewsAsync(number, ct);
            var checks = await github.GetChecksAsync(before.Head, before.BaseRef, ct);
            var after = await github.GetPullRequestAsync(number, ct);
            var isSettled = before.Head == after.Head && IsComputed(after);
            if (isSettled || time.GetElapsedTime(began) + pause > LongestWait)
            {
                // Where the head never stands still, the older one it is: checks and reviews are about that, and a merge at it is refused.
                var told = before.Head == after.Head ? after : before;
                return new() { PullRequest = told, Reviews = reviews, Checks = checks, Viewer = await ViewerAsync(github, ct) };
            }

            await Task.Delay(pause, time, ct);
        }
    }

    private static bool IsComputed(PullRequest found) =>
        found.State != PullRequestState.Open || found is { Mergeable: not null, MergeableState: not "unknown" };

    private static async Task<Person?> ViewerAsync(IGitHub github, CancellationToken ct)
    {
        try
        {
            return await github.GetViewerAsync(ct);
        }
        catch (GitHubException e) when (e.Status == System.Net.HttpStatusCode.Forbidden)
        {
            return null;
        }
    }
}
