using ReleaseTasks.GitHub;
using ReleaseTasks.Plans;

namespace ReleaseTasks.Gates;

/// <summary>What is to be rolled out, as it was read first: the gates ask about exactly this plan and this head, and so does the merge.</summary>
/// <param name="Reading">What the plan's words were understood as.</param>
/// <param name="Source">Where its problems are shown: <c>#3</c>, or the file's path.</param>
/// <param name="PullRequest">Its number; null where the plan comes from a file.</param>
/// <param name="Head">What reviews and checks must be about; null where the plan comes from a file.</param>
/// <param name="Author">Null where the account was deleted.</param>
internal sealed record Proposal(PlanReading Reading, string Source, int? PullRequest, CommitSha? Head, Person? Author)
{
    /// <summary>Why nobody can tell whether it was begun elsewhere; null where somebody can.</summary>
    public string? Unremembered { get; init; }

    /// <summary>The roll-out has begun to change the app, beyond what a new beginning could take over.</summary>
    public bool HasChangedApp { get; init; }

    /// <summary>The roll-out has begun its merge, and nobody has seen yet what came of it.</summary>
    public bool HasBegunMerge { get; init; }

    /// <summary>How the roll-out found the app's code; null where it hasn't looked yet.</summary>
    public FoundCode? Found { get; init; }
}

/// <param name="Version">The release that was current.</param>
/// <param name="Slugs">Its code, and what this roll-out has put there itself since; none where that isn't known.</param>
internal sealed record FoundCode(int Version, IReadOnlyList<string> Slugs);
