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

    private static Gate Gate(string name, Func<GateFacts, PullRequestFacts, GateAnswer> ask) => new(
        name, facts => facts.PullRequest is { } found ? ask(facts, found) : new Open("the plan is from a file, not from a pull request."));

    private static GateAnswer State(GateFacts facts, PullRequestFacts found) => found.PullRequest.State switch
    {
        PullRequestState.Open => new Open($"#{found.PullRequest.Number} is open."),
        PullRequestState.Merged => new Open($"#{found.PullRequest.Number} is merged already, as {found.PullRequest.MergeCommit?.Abbreviated}."),
        _ => new Closed($"#{found.PullRequest.Number} was closed without a merge.", "Reopen it, or open another."),
    };

    private static GateAnswer Ready(GateFacts facts, PullRequestFacts found) => found.PullRequest switch
    {
        { IsDraft: true } => new Closed($"#{found.PullRequest.Number} is a draft.", "Mark it ready for review."),
        { IsWorkInProgress: true } => new Closed(
            $"#{found.PullRequest.Number} is work in progress: '{found.PullRequest.Title}'.", "Take [WIP] off its title once it is done."),
        _ => new Open("it is neither a draft nor [WIP]."),
    };

    private static GateAnswer Target(GateFacts facts, PullRequestFacts found) =>
        found.PullRequest.BaseRef == facts.Rules.MainBranch
            ? new Open($"it goes to {facts.Rules.MainBranch}.")
            : new Closed(
                $"it goes to '{found.PullRequest.BaseRef}', and roll-outs start from '{facts.Rules.MainBranch}'.",
                $"Change its base branch to '{facts.Rules.MainBranch}'.");

    private static GateAnswer Head(GateFacts facts, PullRequestFacts found) =>
        found.PullRequest.Head == found.Head
            ? new Open($"its head is {found.Head.Abbreviated}.")
            : new Closed(
                $"its head is {found.PullRequest.Head.Abbreviated}, and this roll-out began with {found.Head.Abbreviated}.",
                "Someone pushed: have the new head reviewed and start another roll-out.");

    private static GateAnswer Objections(GateFacts facts, PullRequestFacts found)
    {
        var blocking = Stances(found).Where(stance => stance.Blocks).ToList();
        if (blocking.Count == 0)
        {
            return new Open("nobody requests changes.");
        }

        var objecting = blocking.Where(stance => stance.Opinion == Opinion.Objects).Select(stance => $"{stance.Name} requests changes");
        var unreadable = blocking.Where(stance => stance.Opinion == Opinion.Unreadable)
            .Select(stance => $"{stance.Name}'s review has the state {UnknownState(found, stance)}, which is unknown");
        return new Closed(
            $"{string.Join("; ", objecting.Concat(unreadable))}.",
            "Call them: a change request is settled by their approval or its dismissal.",
            MayOpen: true);
    }

    private static GateAnswer Approved(GateFacts facts, PullRequestFacts found)
    {
        var leads = facts.Rules.LeadingDevelopers;
        var needed = (leads.Count + 1) / 2;
        var stances = Stances(found).Where(stance => stance.IsOneOf(leads)).ToList();
        var approving = stances
            .Where(stance => stance.Opinion == Opinion.Approves || (facts.Rules.CountStaleApprovals && stance.Opinion == Opinion.Stale))
            .Select(stance => stance.Name)
            .ToList();
        if (CannotBeMet(leads, found.PullRequest.Author))
        {
            return new Closed("nobody can approve: there is no leading developer but the author.", "Name more leading developers in release.json.");
        }

        if (approving.Count >= needed)
        {
            return new Open($"{string.Join(", ", approving)} approve: {approving.Count} of {leads.Count} leading developers.");
        }

        var stale = stances.Where(stance => stance.Opinion == Opinion.Stale).Select(stance => stance.Name).ToList();
        var earlier = stale.Count > 0 ? $" Of an earlier head: {string.Join(", ", stale)}." : "";
        return new Closed(
            $"#{found.PullRequest.Number} has {approving.Count} of {needed} approvals of {found.Head.Abbreviated}.{earlier}",
            $"Ask {string.Join(", ", leads.Where(lead => !approving.Any(name => IsSame(name, lead)) && found.PullRequest.Author?.IsCalled(lead) != true))}.",
            MayOpen: true);
    }

    private static GateAnswer Author(GateFacts facts, PullRequestFacts found)
    {
        if (found.PullRequest.Author is not { } author)
        {
            return new Closed("the author's account was deleted, and only the author may merge.", "Have someone open the pull request anew.");
        }

        var isAuthor = found.Viewer is { IsBot: false } viewer
            ? viewer == author
            : found.Actors.Count > 0 && found.Actors.All(author.IsCalled);
        var acting = found.Viewer is { IsBot: false } ? found.Viewer.Login : string.Join(" and ", found.Actors.DefaultIfEmpty("nobody known"));
        return isAuthor
            ? new Open($"{author.Login} is the author.")
            : new Closed($"this is run by {acting}, and only the author, {author.Login}, may merge and deploy.", $"Let {author.Login} run it.");
    }

    private static GateAnswer Mergeable(GateFacts facts, PullRequestFacts found)
    {
        var state = found.PullRequest.MergeableState;
        return found.PullRequest switch
        {
            { State: PullRequestState.Merged } => new Open("it is merged already."),
            { Mergeable: true } when state is "clean" or "has_hooks" => new Open("nothing is in the way of a merge."),
            { Mergeable: true } when state == "unstable" => new Open("it can be merged.", "a check that isn't required is red or pending."),
            { Mergeable: null } or { MergeableState: "unknown" } =>
                new Closed("GitHub hasn't found out yet whether it can be merged.", "Run it again in a minute.", MayOpen: true),
            _ => NotMergeable(state),
        };
    }

    private static Closed NotMergeable(string state) => state switch
    {
        "blocked" => new(
            "GitHub blocks the merge: a review or check that the branch requires is missing.", "See its merge box on GitHub.", MayOpen: true),
        "behind" => new("its branch is behind.", "Bring it up to date; the new head needs new reviews."),
        "dirty" => new("it conflicts with its base.", "Resolve the conflict; the new head needs new reviews."),
        "draft" => new("GitHub takes it for a draft.", "Mark it ready for review."),
        _ => new($"GitHub says '{state}', which is unknown.", "See its merge box on GitHub."),
    };

    private static GateAnswer Checks(GateFacts facts, PullRequestFacts found)
    {
        var required = found.Checks.Required.Union(facts.Rules.RequiredChecks).ToList();
        var byName = found.Checks.All.ToLookup(check => check.Name);
        var wanting = required.Where(name => !byName[name].Any() || byName[name].Any(check => check.State != CheckState.Passed)).ToList();
        if (wanting.Count == 0)
        {
            return Passed(found.Checks.All, required);
        }

        // A name may come from several apps: the worst of them counts.
        var states = wanting.Select(name => $"{name} ({string.Join(", ", byName[name].Select(check => check.Words).DefaultIfEmpty("missing"))})");
        var isRed = wanting.Any(name => byName[name].Any(check => check.State == CheckState.Failed));
        return new Closed(
            $"on {found.Head.Abbreviated} these required checks haven't passed: {string.Join("; ", states)}.",
            isRed ? "Mend what is red." : "Wait for them.",
            MayOpen: !isRed);
    }

    private static Open Passed(IEnumerable<Check> all, List<string> required)
    {
        var red = all.Where(check => check.State == CheckState.Failed).Select(check => check.Name).Distinct().ToList();
        return new(
            required.Count == 0 ? "no check is required." : $"passed: {string.Join(", ", required)}.",
            red.Count == 0 ? null : $"red, though not required: {string.Join(", ", red)}.");
    }

    private static bool CannotBeMet(IReadOnlyList<string> leads, Person? author) =>
        leads.Count == 0 || (leads is [var only] && author?.IsCalled(only) == true);

    private static IEnumerable<Stance> Stances(PullRequestFacts found) =>
        Reviews.Stances(found.Reviews, found.Head, found.PullRequest.Author);

    private static string UnknownState(PullRequestFacts found, Stance stance) =>
        $"'{found.Reviews.Last(review => review.Reviewer == stance.Who && Reviews.OpinionOf([review], found.Head) == Opinion.Unreadable).State}'";

    private static bool IsSame(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
}
