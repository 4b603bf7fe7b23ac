using ReleaseTasks.GitHub;
using ReleaseTasks.Options;
using ReleaseTasks.Plans;

namespace ReleaseTasks.Gates;

/// <summary>Where the facts come from.</summary>
internal sealed record GateSources
{
    public required ReleaseOptions Rules { get; init; }

    public required TimeProvider Time { get; init; }

    public required Fact<Proposal> Proposal { get; init; }

    /// <summary>In a workflow, the logins of who started it and who ran it again; none elsewhere.</summary>
    public required IReadOnlyList<string> Actors { get; init; }

    public required IGitHub GitHub { get; init; }

    public required IPlatformFacts Platform { get; init; }

    /// <summary>Whether others could go on with the roll-out from its journal's copy.</summary>
    public required Func<CancellationToken, Task<bool>> HasJournalKey { get; init; }

    /// <summary>What the lint knows without asking anyone.</summary>
    public required PlanWorld Offline { get; init; }

    /// <summary>The same with what only the app tells: its databases.</summary>
    public required Func<CancellationToken, Task<PlanWorld>> ReadWorld { get; init; }

    /// <summary>Asked where somebody else than its author merged the pull request: whether that merge is to be released.</summary>
    public required Func<PullRequest, CancellationToken, Task<bool>> AcceptsAnothersMerge { get; init; }

    /// <summary>Who else holds the app's lock, as a phrase for people; null where nobody does.</summary>
    public required Func<CancellationToken, Task<string?>> FindForeignHolder { get; init; }
}
