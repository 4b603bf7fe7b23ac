using ReleaseTasks.GitHub;
using static ReleaseTasks.Gates.GateAnswer;

namespace ReleaseTasks.Gates;

/// <summary>What must be true of the pull request.</summary>
internal static class PullRequestGates
{
    public static IReadOnlyList<Gate> All { get; } =
    [
        Gate("state", State),
        Gate("ready", Ready),
        Gate("target", Target),
        Gate("head", Head),
        Gate("objections", Objections),
        Gate("approved", Approved),
        Gate("author", Author),
        Gate("mergeable", Mergeable),
        Gate("checks", Checks),
    ];

    private static Gate Gate(string name, Func<GateFacts, Proposal, GateAnswer> ask) => new(
        name, facts => facts.Proposal.Value is { PullRequest: not null } proposal ? ask(facts, proposal) : new Open("the plan is from a file, not from a pull request."));

    private static GateAnswer State(GateFacts facts, Proposal proposal) => facts.PullRequest.Value switch
    {
        { State: PullRequestState.Open } found => new Open($"#{found.Number} is open."),
        { State: PullRequestState.Merged } found when IsOwnMerge(facts, proposal, found) => new Open($"#{found.Number} is merged already, as {found.MergeCommit?.Abbreviated}."),
        { State: PullRequestState.Merged } found when facts.AcceptsAnothersMerge => new Open(
            $"#{found.Number} is merged already, as {found.MergeCommit?.Abbreviated}.", $"{Merger(found)} merged it, and you want it released."),
        { State: PullRequestState.Merged } found => new Closed(
            $"#{found.Number} was merged by {Merger(found)}, and only its author merges.",
            $"Find out why. To release that merge all the same: Deploy --confirm={facts.Rules.App}"),
        var found => new Closed($"#{found.Number} was closed without a merge.", "Reopen it, or open another."),
    };

    private static bool IsOwnMerge(GateFacts facts, Proposal proposal, PullRequest found) =>
        (found.MergedBy is not null && found.MergedBy == found.Author) || (proposal.HasBegunMerge && found.MayBeMergedBy(facts.Viewer.Value));

    private static string Merger(PullRequest merged) => merged.MergedBy?.Login ?? "a deleted account";

    private static GateAnswer Ready(GateFacts facts, Proposal proposal) => facts.PullRequest.Value switch
    {
        { IsDraft: true } found => new Closed($"#{found.Number} is a draft.", "Mark it ready for review."),
        { HasMark: true } found => new Closed($"#{found.Number} is work in progress: '{found.Title}'.", "Take [WIP] off its title once it is done."),
        { HasNotice: true } found => new Closed(
            $"#{found.Number} is work in progress: “do not merge” stands on top of its description.", "Take that off once it is done."),
        _ => new Open("it is neither a draft nor work in progress."),
    };

    private static GateAnswer Target(GateFacts facts, Proposal proposal) =>
        facts.PullRequest.Value.BaseRef is var target && target == facts.Rules.MainBranch
            ? new Open($"it goes to {facts.Rules.MainBranch}.")
            : new Closed(
                $"it goes to '{target}', and roll-outs start from '{facts.Rules.MainBranch}'.",
                $"Change its base branch to '{facts.Rules.MainBranch}'.");

    private static GateAnswer Head(GateFacts facts, Proposal proposal) =>
        facts.PullRequest.Value.Head is var head && head == proposal.Head
            ? new Open($"its head is {head.Abbreviated}.")
            : new Closed(
                $"its head is {head.Abbreviated}, and this roll-out began with {proposal.Head!.Abbreviated}.",
                proposal.HasChangedApp
                    ? $"Someone pushed, and {facts.Rules.App} is changed already: undo that (Rollback), and begin anew once the new head is reviewed."
                    : "Someone pushed: have the new head reviewed, then run the same command again.");

    private static GateAnswer Objections(GateFacts facts, Proposal proposal)
    {
        var blocking = Stances(facts, proposal).Where(stance => stance.Blocks).ToList();
        if (blocking.Count == 0)
        {
            return new Open("nobody requests changes.");
        }

        var objecting = blocking.Where(stance => stance.Opinion == Opinion.Objects).Select(stance => $"{stance.Name} requests changes");
        var unreadable = blocking.Where(stance => stance.Opinion == Opinion.Unreadable)
            .Select(stance => $"{stance.Name}'s review has the state {UnknownState(facts, proposal, stance)}, which is unknown");
        return new Closed(
            $"{string.Join("; ", objecting.Concat(unreadable))}.",
            "Call them: a change request is settled by their approval or its dismissal.");
    }

    private static GateAnswer Approved(GateFacts facts, Proposal proposal)
    {
        var leads = facts.Rules.LeadingDevelopers.Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        var needed = (leads.Count + 1) / 2;
        var stances = Stances(facts, proposal).Where(stance => stance.IsOneOf(leads)).ToList();
        var approving = stances
            .Where(stance => stance.Opinion == Opinion.Approves || (facts.Rules.Approvals.CountStale && stance.Opinion == Opinion.Stale))
            .Select(stance => stance.Name)
            .ToList();
        if (CannotBeMet(leads, proposal.Author))
        {
            return new Closed("nobody can approve: there is no leading developer but the author.", "Name more leading developers in release.json.");
        }

        if (approving.Count >= needed)
        {
            return new Open($"{string.Join(", ", approving)} approve: {approving.Count} of {leads.Count} leading developers.");
        }

        var stale = stances.Where(stance => stance.Opinion == Opinion.Stale).Select(stance => $"{stance.Name} ({ApprovedBy(facts, stance)})").ToList();
        var earlier = stale.Count > 0 ? $" Of an earlier head: {string.Join(", ", stale)}." : "";
        return new Closed(
            $"#{proposal.PullRequest} has {approving.Count} of {needed} approvals of {proposal.Head!.Abbreviated}.{earlier}",
            $"Ask {string.Join(", ", leads.Where(lead => !approving.Any(name => IsSame(name, lead)) && proposal.Author?.IsCalled(lead) != true))}.");
    }

    /// <summary>Which commit they saw last.</summary>
    private static string ApprovedBy(GateFacts facts, Stance stance) =>
        facts.Reviews.Value.Last(review => review.Reviewer == stance.Who && review.State == "APPROVED").Commit?.Abbreviated ?? "a commit that is gone";

    /// <summary>In a workflow the token is nobody's, or one that many may use: who started it counts, and who ran it again.</summary>
    private static GateAnswer Author(GateFacts facts, Proposal proposal)
    {
        if (proposal.Author is not { } author)
        {
            return new Closed("the author's account was deleted, and only the author may merge.", "Have someone open the pull request anew.");
        }

        var acting = facts.Actors is [] ? Viewer(facts) : facts.Actors;
        return acting is not [] && acting.All(author.IsCalled)
            ? new Open($"{author.Login} is the author.")
            : new Closed(
                $"this is run by {string.Join(" and ", acting.DefaultIfEmpty("nobody known"))}, and only the author, {author.Login}, may merge and deploy.",
                $"Let {author.Login} run it.");
    }

    private static IReadOnlyList<string> Viewer(GateFacts facts) => facts.Viewer.Value is { IsBot: false } viewer ? [viewer.Login] : [];

    private static GateAnswer Mergeable(GateFacts facts, Proposal proposal)
    {
        var found = facts.PullRequest.Value;
        return found switch
        {
            { State: PullRequestState.Merged } => new Open("it is merged already."),
            { State: PullRequestState.Closed } => new Open("it is closed, so nobody asks."),
            { Mergeable: true, MergeableState: "clean" or "has_hooks" } => new Open("nothing is in the way of a merge."),
            { Mergeable: true, MergeableState: "unstable" } => new Open("it can be merged.", "a check that isn't required is red or pending."),
            { Mergeable: null } or { MergeableState: "unknown" } =>
                new Closed("GitHub hasn't found out yet whether it can be merged.", "Run it again in a minute."),
            _ => NotMergeable(found.MergeableState),
        };
    }

    private static Closed NotMergeable(string state) => state switch
    {
        "blocked" => new(
            "GitHub blocks the merge: a review or check that the branch requires is missing.", "See its merge box on GitHub."),
        "behind" => new("its branch is behind.", "Bring it up to date; the new head needs new reviews."),
        "dirty" => new("it conflicts with its base.", "Resolve the conflict; the new head needs new reviews."),
        "draft" => new("GitHub takes it for a draft.", "Mark it ready for review."),
        _ => new($"GitHub says '{state}', which is unknown.", "See its merge box on GitHub."),
    };

    private static GateAnswer Checks(GateFacts facts, Proposal proposal)
    {
        var checks = facts.Checks.Value;
        var required = checks.Required.Union(facts.Rules.Approvals.RequiredChecks.Select(name => new RequiredCheck(name, App: null))).ToList();
        var found = required.ToDictionary(check => check, check => checks.All.Where(check.IsMetBy).ToList());
        var wanting = required.Where(check => found[check].Count == 0 || found[check].Any(run => run.State != CheckState.Passed)).ToList();
        if (wanting.Count == 0)
        {
            return Passed(checks.All, required);
        }

        // A name may come from several apps: the worst of them counts.
        var states = wanting.Select(check => $"{check} ({string.Join(", ", found[check].Select(run => run.Words).DefaultIfEmpty("missing"))})");
        var isRed = wanting.Any(check => found[check].Any(run => run.State == CheckState.Failed));
        return new Closed(
            $"on {proposal.Head!.Abbreviated} these required checks haven't passed: {string.Join("; ", states)}.",
            isRed ? "Mend what is red." : "Wait for them.");
    }

    private static Open Passed(IEnumerable<Check> all, IReadOnlyList<RequiredCheck> required)
    {
        var red = all.Where(check => check.State == CheckState.Failed).Select(check => check.Name).Distinct().ToList();
        return new(
            required.Count == 0 ? "no check is required." : $"passed: {string.Join(", ", required)}.",
            red.Count == 0 ? null : $"red, though not required: {string.Join(", ", red)}.");
    }

    private static bool CannotBeMet(IReadOnlyList<string> leads, Person? author) =>
        leads.Count == 0 || (leads is [var only] && author?.IsCalled(only) == true);

    private static IEnumerable<Stance> Stances(GateFacts facts, Proposal proposal) =>
        Reviews.Stances(facts.Reviews.Value, proposal.Head!, proposal.Author);

    private static string UnknownState(GateFacts facts, Proposal proposal, Stance stance) =>
        $"'{facts.Reviews.Value.Last(review => review.Reviewer == stance.Who && Reviews.OpinionOf([review], proposal.Head!) == Opinion.Unreadable).State}'";

    private static bool IsSame(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
}
