using ReleaseTasks.GitHub;
using ReleaseTasks.Journals;
using ReleaseTasks.Plans;

namespace ReleaseTasks.Running;

/// <summary>What a run is about: which plan, of which pull request, and what its journal already holds.</summary>
/// <param name="Id">The last attempt; where that was rolled back and may be made again, the next.</param>
/// <param name="PullRequest">As it is now; null where the plan comes from a file.</param>
/// <param name="Head">The head that was reviewed and is merged: the journal's, once the roll-out has changed anything.</param>
/// <param name="Markdown">The plan's words: the journal's, once the roll-out has changed anything, whatever the description says by now.</param>
/// <param name="Source">Where a problem of the plan is shown: <c>#3</c>, or the file's path.</param>
/// <param name="Reading">What its words were understood as, problems included.</param>
internal sealed record RolloutSubject(
    RolloutId Id, string Source, PullRequest? PullRequest, CommitSha? Head, string Markdown, PlanReading Reading, RunState State)
{
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
}
