using ReleaseTasks.GitHub;
using ReleaseTasks.Options;
using ReleaseTasks.Plans;

namespace ReleaseTasks.Gates;

/// <summary>All that the gates look at. It can only be read: what no source tells, no gate sees, and no test either.</summary>
internal sealed class GateFacts
{
    private static readonly TimeSpan LongestComputation = TimeSpan.FromMinutes(1);

    private GateFacts()
    {
    }

    public required DateTimeOffset Now { get; init; }

    /// <summary>The team's settings.</summary>
    public required ReleaseOptions Rules { get; init; }

    /// <summary>See <see cref="GateSources.Actors"/>.</summary>
    public required IReadOnlyList<string> Actors { get; init; }

    public required Fact<Proposal> Proposal { get; init; }

    /// <summary>What the lint has to say of the plan, by all that is known of the world.</summary>
    public required Fact<ValueList<PlanProblem>> Problems { get; init; }

    /// <summary>What only the app tells of the world that the plan is about.</summary>
    public required Fact<PlanWorld> World { get; init; }

    /// <summary>As it is now.</summary>
    public required Fact<PullRequest> PullRequest { get; init; }

    /// <summary>All of them, oldest first, of any head.</summary>
    public required Fact<IReadOnlyList<Review>> Reviews { get; init; }

    /// <summary>Of the proposed head.</summary>
    public required Fact<Checks> Checks { get; init; }

    /// <summary>Whose token this is; null for a workflow's or an app's, which is nobody's.</summary>
    public required Fact<Person?> Viewer { get; init; }

    public required Fact<Stacks> Stacks { get; init; }

    public required Fact<Ownership> Ownership { get; init; }

    public required Fact<IReadOnlyList<KnownRelease>> Releases { get; init; }

    /// <summary>Where somebody else merged it: whether the operator knows, and wants that released.</summary>
    public required bool AcceptsAnothersMerge { get; init; }

    public required Fact<bool> HasPreboot { get; init; }

    public required Fact<int?> RequestsLeft { get; init; }

    /// <summary>See <see cref="GateSources.HasJournalKey"/>.</summary>
    public required Fact<bool> HasJournalKey { get; init; }

    /// <summary>See <see cref="GateSources.FindForeignHolder"/>.</summary>
    public required Fact<string?> ForeignHolder { get; init; }

    /// <summary>Null for a rehearsal, which may run at any hour.</summary>
    public DeploymentWindow? Window => Rules.Environment == ReleaseEnvironment.Sandbox ? null : DeploymentWindow.Of(Rules.DeploymentWindow);

    /// <exception cref="UnreadException">There is none, or it couldn't be read.</exception>
    public RolloutPlan Plan => Proposal.Value.Reading.Plan ?? throw new UnreadException("what it asks about can't be told: the description is no plan yet.");

    /// <summary>All at once, each on its own.</summary>
    /// <param name="from">Where they come from.</param>
    /// <param name="reader">Counts their time.</param>
    /// <param name="ct">Ends the wait.</param>
    public static async Task<GateFacts> ReadAsync(GateSources from, FactReader reader, CancellationToken ct)
    {
        var world = reader.ReadAsync("the app's databases", from.ReadWorld);
        var stacks = reader.ReadAsync("the app's stack", from.Platform.ReadStacksAsync);
        var ownership = reader.ReadAsync("whose app this is", from.Platform.ReadOwnershipAsync);
        var releases = reader.ReadAsync("the app's releases", from.Platform.ReadReleasesAsync);
        var preboot = reader.ReadAsync("whether preboot is on", from.Platform.HasPrebootAsync);
        var left = reader.ReadAsync("Heroku's rate limit", from.Platform.ReadRequestsLeftAsync);
        var holder = reader.ReadAsync("the app's lock", from.FindForeignHolder);
        var key = reader.ReadAsync("the app's config vars", from.HasJournalKey);
        var viewer = reader.ReadAsync("whose token this is", from.GitHub.FindViewerAsync);
        var pullRequest = OfPullRequest(reader, from, number => $"#{number}", (number, _, token) => ComputedAsync(from.GitHub, number, from.Time, token));
        var reviews = OfPullRequest(reader, from, number => $"the reviews of #{number}", (number, _, token) => from.GitHub.ListReviewsAsync(number, token));
        var checks = OfPullRequest(reader, from, number => $"the checks of #{number}", (_, head, token) => from.GitHub.GetChecksAsync(head, from.Rules.MainBranch, token));
        await reader.WaitAsync(world, stacks, ownership, releases, preboot, left, key, holder, viewer, pullRequest, reviews, checks);
        var (read, found) = (await world, await pullRequest);
        var known = read.Unread is null ? read.Value : from.Offline;
        return new()
        {
            Now = from.Time.GetUtcNow(),
            Rules = from.Rules,
            Actors = from.Actors,
            Proposal = from.Proposal,
            Problems = from.Proposal.Then(proposal => PlanLint.Check(proposal.Reading, known)),
            World = read,
            PullRequest = found,
            Reviews = await reviews,
            Checks = await checks,
            Viewer = await viewer,
            Stacks = await stacks,
            Ownership = await ownership,
            Releases = await releases,
            HasPreboot = await preboot,
            RequestsLeft = await left,
            HasJournalKey = await key,
            ForeignHolder = await holder,
            AcceptsAnothersMerge = found is { Unread: null, Value: { State: PullRequestState.Merged } merged } && merged.MergedBy != merged.Author && await from.AcceptsAnothersMerge(merged, ct),
        };
    }

    /// <summary>Not asked where there is no pull request, or none is known.</summary>
    private static Task<Fact<T>> OfPullRequest<T>(FactReader reader, GateSources from, Func<int, string> what, Func<int, CommitSha, CancellationToken, Task<T>> read) =>
        from.Proposal is { Unread: null, Value: { PullRequest: { } number, Head: { } head } }
            ? reader.ReadAsync(what(number), token => read(number, head, token))
            : Task.FromResult(Fact<T>.Unknown(from.Proposal.Unread ?? "the plan is from a file, not from a pull request."));

    /// <summary>Until GitHub has found out whether it can be merged, for at most a minute: the first question only starts that.</summary>
    private static async Task<PullRequest> ComputedAsync(IGitHub github, int number, TimeProvider time, CancellationToken ct)
    {
        var began = time.GetTimestamp();
        for (var pause = TimeSpan.FromSeconds(1); ; pause *= 2)
        {
            var found = await github.GetPullRequestAsync(number, ct);
            var isComputed = found.State != PullRequestState.Open || found is { Mergeable: not null, MergeableState: not "unknown" };
            if (isComputed || time.GetElapsedTime(began) + pause > LongestComputation)
            {
                return found;
            }

            await Task.Delay(pause, time, ct);
        }
    }
}
