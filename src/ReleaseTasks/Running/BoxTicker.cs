using ReleaseTasks.GitHub;
using ReleaseTasks.Journals;
using ReleaseTasks.Plans;

namespace ReleaseTasks.Running;

/// <summary>
/// Ticks the boxes of finished steps in the pull request's description. The journal stays the truth and the description a view of it: a
/// failure is said and nothing more, and the next run repairs it.
/// </summary>
internal sealed class BoxTicker(IGitHub github, int pullRequest, IProgressScreen screen)
{
    /// <summary>GitHub has no conditional write: whoever edits at the same moment may overwrite us, or we would have to try again.</summary>
    private const int Attempts = 3;

    public async Task TickAsync(IReadOnlyList<Leg> legs, RunState state, CancellationToken ct)
    {
        var finished = legs.Where(leg => leg.Planned is not null && state.HasFinished(leg.Step.Name)).Select(leg => (leg.Planned!, state.Find(leg.Step.Name)!)).ToList();
        try
        {
            for (var attempt = 1; attempt <= Attempts && !await AreTickedAsync(finished, ct); attempt++)
            {
            }
        }
        catch (GitHubException e)
        {
            screen.Say($"     the boxes of #{pullRequest} could not be ticked: {e.Message}");
        }
    }

    /// <summary>True when a fresh reading shows nothing left to tick.</summary>
    private async Task<bool> AreTickedAsync(List<(PlannedStep Planned, StepRecord Done)> finished, CancellationToken ct)
    {
        var found = (await github.GetPullRequestAsync(pullRequest, ct)).Body;
        var wanted = finished.Aggregate(found, (body, step) => PlanMarkdown.Tick(body, step.Planned, Note(step.Done)).Body);
        if (wanted == found)
        {
            return true;
        }

        await github.UpdatePullRequestAsync(pullRequest, null, wanted, ct);
        return false;
    }

    private static string Note(StepRecord done) => $"{done.FinishedAt:yyyy-MM-dd HH:mm} UTC, {done.Evidence}";
}
