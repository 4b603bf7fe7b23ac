using ReleaseTasks.GitHub;
using ReleaseTasks.Journals;
using ReleaseTasks.Plans;
using ReleaseTasks.Steps;

namespace ReleaseTasks.Running;

/// <summary>What a run is about: which plan, of which pull request, and what its journal already holds.</summary>
/// <param name="Id">The last attempt; where that was rolled back and may be made again, the next.</param>
/// <param name="PullRequest">As it is now; null where the plan comes from a file.</param>
/// <param name="Head">The head that was reviewed and is merged: the journal's, once the roll-out goes on with it.</param>
/// <param name="Markdown">The plan's words: the journal's, once the roll-out goes on with them, whatever the description says by now.</param>
/// <param name="Source">Where a problem of the plan is shown: <c>#3</c>, or the file's path.</param>
/// <param name="Reading">What its words were understood as, problems included.</param>
internal sealed record RolloutSubject(
    RolloutId Id, string Source, PullRequest? PullRequest, CommitSha? Head, string Markdown, PlanReading Reading, RunState State)
{
    /// <summary>Why GitHub's memory of this roll-out couldn't be read, so that its state is what this checkout knows; null where it could.</summary>
    public string? Unremembered { get; init; }

    /// <summary>What a new beginning takes over, somebody having pushed after the roll-out was prepared; null where nobody has.</summary>
    public Preparation? Preparation { get; init; }

    /// <summary>Whether this run begins the roll-out, for the first time or anew; else it goes on with it.</summary>
    public bool Begins => !State.HasTouchedTheWorld || Preparation is not null;

    /// <summary>
    /// The merge was read back, by an earlier run or right now; where the plan merges nothing, the app has begun to change. From here on finishing
    /// is safer than leaving it half done, and no gate is asked any more. Nor is one of a roll-out that is being undone.
    /// </summary>
    public bool IsPastGates => !Begins && (State.Rollback is not null || (Merges ? IsMerged : !Preparation.IsAll(State)));

    /// <summary>Where <see cref="State"/> is known from.</summary>
    public Recollection Memory { get; init; } = Recollection.None(Id);

    /// <summary>What its author wrote, without ticks and notes: by it a description is known again after its boxes were ticked.</summary>
    public string Wording => WordingOf(Reading);

    /// <inheritdoc cref="Wording"/>
    public static string WordingOf(PlanReading reading) =>
        string.Join('\n', Enum.GetValues<PlanPart>().SelectMany(part => WordingOf(reading.Draft, part)));

    private static IEnumerable<string> WordingOf(RolloutPlan plan, PlanPart part) =>
        [part.ToString(), .. plan.Facts.Of(part), .. plan.StepsOf(part).Where(step => step.Part == 1).Select(step => step.Words)];

    /// <exception cref="RefusedException">Its words are no plan.</exception>
    public RolloutPlan Plan => Reading.Plan ?? throw new RefusedException(
        string.Join(Environment.NewLine, Reading.Problems.Where(problem => problem.Severity == PlanSeverity.Error).Select(problem => problem.Render(Source))) +
        $"{Environment.NewLine}The plan can't be carried out. Nothing was changed. Put its text right and run the same command again.");

    public bool Merges => Reading.Draft.Deployment.Any(step => step.Work is Work.MergePullRequest);

    /// <summary>A merge that was begun and is there is what the step itself would read back; whose it is, is its business.</summary>
    private bool IsMerged => State.Find(MergePullRequest.StepName) is { } merge
        && (merge.IsFinished || (PullRequest is { State: PullRequestState.Merged } found && found.Head == Head && found.MayBeMergedBy(viewer: null)));

    /// <summary>The first line of the roll-out, as this run begins it.</summary>
    /// <param name="app">The app's name.</param>
    /// <param name="key">See <see cref="RolloutStarted.Key"/>.</param>
    public RolloutStarted Start(string app, string? key) =>
        new(Id, app, PullRequest?.Number, Head?.ToString(), Markdown, Environment.UserName, Environment.MachineName)
        {
            Kept = Preparation?.Kept,
            Key = key,
            Wording = Wording,
        };
}
