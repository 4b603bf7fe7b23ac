using ReleaseTasks.GitHub;
using static ReleaseTasks.Gates.GateAnswer;

namespace ReleaseTasks.Gates;

/// <summary>
/// What still counts between the merge and the release, as long as the app isn't closed: nobody else is at work, and what is released is on the
/// branch. An unreadable GitHub stops nothing here: the journal on this machine is enough.
/// </summary>
internal static class AfterMerge
{
    /// <param name="merged">What is about to be released.</param>
    /// <param name="from">Where the facts come from.</param>
    /// <param name="reader">Counts their time.</param>
    public static async Task<IReadOnlyList<GateResult>> AskAsync(CommitSha merged, GateSources from, FactReader reader)
    {
        var holder = reader.ReadAsync("the app's lock", from.FindForeignHolder);
        var branch = reader.ReadAsync($"whether {from.Rules.MainBranch} holds {merged.Abbreviated}", token => from.GitHub.IsOnBranchAsync(merged, from.Rules.MainBranch, token));
        var releases = reader.ReadAsync("the app's releases", from.Platform.ReadReleasesAsync);
        await reader.WaitAsync(holder, branch, releases);
        return
        [
            new("lock", AskLock(from.Rules.App, await holder)),
            new("merged", AskBranch(from.Rules.MainBranch, merged, await branch)),
            new("released", AskReleases(from, await releases)),
        ];
    }

    private static GateAnswer AskLock(string app, Fact<string?> holder) => holder switch
    {
        { Unread: { } why } => new Open("this roll-out held it a moment ago.", why),
        { Value: { } other } => AppGates.LockedBy(app, other),
        _ => new Open($"nobody else rolls out {app}."),
    };

    private static GateAnswer AskBranch(string branch, CommitSha merged, Fact<bool> isOnBranch) => isOnBranch switch
    {
        { Unread: { } why } => new Open("it was merged there.", why),
        { Value: true } => new Open($"{branch} holds {merged.Abbreviated}."),
        _ => new Closed($"{branch} doesn't hold {merged.Abbreviated} any more, and only what is on it is released.", $"Find out who moved {branch}, and have it put back."),
    };

    private static GateAnswer AskReleases(GateSources from, Fact<IReadOnlyList<KnownRelease>> releases) => releases switch
    {
        { Unread: { } why } => new Closed(why, "Run the same command again once that answers."),
        { Value: var all } when from.Proposal.Value.Found is { } found && KnownRelease.Foreign(all, found) is { } release => AppGates.ReleasedElsewhere(from.Rules.App, release, found),
        _ => new Open($"nobody else releases {from.Rules.App}."),
    };
}
