using Cake.Heroku;
using ReleaseTasks.Gates;
using ReleaseTasks.GitHub;
using ReleaseTasks.Journals;
using ReleaseTasks.Plans;
using ReleaseTasks.Steps;

namespace ReleaseTasks.Running;

/// <summary>
/// What a run asks before it goes on with a roll-out that it knows from the copy on GitHub alone: a copy is evidence of what was done, not
/// permission to do the rest.
/// </summary>
internal static class Adoption
{
    private static readonly IReadOnlyList<Gate> People =
        [.. Gatekeeper.RollOut.Where(gate => gate.Name is "head" or "objections" or "approved" or "author")];

    /// <summary>
    /// Which gates are asked: all of them until the point of no return; none behind it, where this checkout knows the roll-out, where it is
    /// over, or where GitHub itself says that its author merged this head; else those about people.
    /// </summary>
    public static IReadOnlyList<Gate> Gates(RolloutSubject subject) => subject switch
    {
        { IsPastGates: false } => Gatekeeper.RollOut,
        { Memory.IsAdopted: false } or { State: { IsFinished: true } or { Rollback: not null } } => [],
        _ when IsMergedByItsAuthor(subject.State, subject.PullRequest) => [],
        _ => People,
    };

    private static bool IsMergedByItsAuthor(RunState state, PullRequest? pullRequest) =>
        pullRequest is { State: PullRequestState.Merged, Author.Id: var author, MergedBy.Id: var merger }
        && author == merger
        && CommitSha.Parse(state.Start?.HeadSha) == pullRequest.Head;

    /// <summary>Where the plan that was begun isn't what the description says now, ticks aside: both, line by line.</summary>
    public static IEnumerable<string> Differences(RolloutPlan begun, RolloutPlan described)
    {
        var (was, now) = (Unticked(begun), Unticked(described));
        if (was == now)
        {
            yield break;
        }

        yield return "the plan that was begun isn't the one in the description:";
        foreach (var step in was.Steps.Except(now.Steps))
        {
            yield return $"  begun:       {step.Title}";
        }

        foreach (var step in now.Steps.Except(was.Steps))
        {
            yield return $"  description: {step.Title}";
        }

        if (was.Steps.SequenceEqual(now.Steps))
        {
            yield return "  its steps are the same; what is said about them (risks, assistants, downsides) differs";
        }
    }

    /// <summary>
    /// What the app and the pull request show beyond the copy. Signatures can't tell that a copy's last lines are missing, for the rest
    /// is what was signed; the world can.
    /// </summary>
    /// <param name="strangers">Compares with what was found and done by the copy.</param>
    /// <param name="now">The app.</param>
    public static IEnumerable<string> Beyond(
        Recollection known, Strangers strangers, AppState now, IEnumerable<Addon> addons, PullRequest? pullRequest)
    {
        if (pullRequest?.State == PullRequestState.Merged && known.State.Find(MergePullRequest.StepName) is null)
        {
            yield return $"#{pullRequest.Number} is merged, which the copy doesn't know of";
        }

        var database = $"{known.Id}-rollback";
        if (known.State.Find(CreateRollbackDatabase.StepName) is null && addons.Any(addon => addon.Name == database))
        {
            yield return $"there is a database {database}, which the copy doesn't know of";
        }

        foreach (var change in strangers.All(now))
        {
            yield return change;
        }
    }

    private static RolloutPlan Unticked(RolloutPlan plan)
    {
        var bare = plan.Unplaced();
        return bare with
        {
            Backup = Unticked(bare.Backup),
            Deployment = Unticked(bare.Deployment),
            Verification = Unticked(bare.Verification),
            Rollback = Unticked(bare.Rollback),
        };
    }

    private static ValueList<PlannedStep> Unticked(ValueList<PlannedStep> steps) => [.. steps.Select(step => step with { Ticked = false })];
}
