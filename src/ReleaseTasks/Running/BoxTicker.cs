using ReleaseTasks.GitHub;
using ReleaseTasks.Plans;
using ReleaseTasks.Redaction;

namespace ReleaseTasks.Running;

/// <summary>
/// Ticks the boxes of finished steps in the pull request's description. The journal stays the truth and the description a view of it: a
/// failure is said and nothing more, and the next run repairs it.
/// </summary>
/// <param name="github">Where the description is.</param>
/// <param name="pullRequest">Whose.</param>
/// <param name="screen">Where a failure is said.</param>
/// <param name="clean">Notes pass through it. The rest of a description is its author's, byte for byte.</param>
internal sealed class BoxTicker(IGitHub github, int pullRequest, IProgressScreen screen, Func<string, string> clean)
{
    /// <summary>GitHub has no conditional write: whoever edits at the same moment may overwrite us, or we would have to try again.</summary>
    private const int Attempts = 5;

    private readonly HashSet<string> _said = [];

    /// <summary>Empties the boxes of steps, and takes away what was noted behind them. One that stays ticked would be taken for a person's word.</summary>
    /// <exception cref="StepFailedException">Somebody is editing the description all the while.</exception>
    public async Task UntickAsync(IReadOnlyList<PlannedStep> steps, CancellationToken ct)
    {
        if (!await ChangeAsync(body => steps.Aggregate(body, PlanMarkdown.Untick), ct))
        {
            throw new StepFailedException(
                $"the boxes that an earlier attempt ticked could not be emptied: somebody is editing the description of #{pullRequest}. Nothing of the app was " +
                "changed. Run the same command again.");
        }
    }

    /// <param name="finished">The steps, each with the line that is noted behind its box.</param>
    /// <param name="ct">Ends the attempts.</param>
    public async Task TickAsync(IReadOnlyList<(PlannedStep Planned, string Note)> finished, CancellationToken ct)
    {
        try
        {
            if (finished.Count == 0 || await ChangeAsync(body => finished.Aggregate(body, Tick), ct))
            {
                return;
            }

            screen.Say($"     the boxes of #{pullRequest} could not be ticked: somebody is editing the description. The next run ticks them.");
        }
        catch (GitHubException e)
        {
            screen.Say($"     the boxes of #{pullRequest} could not be ticked: {ForeignText.WordsOf(e)}");
        }
    }

    /// <summary>True when a fresh reading shows nothing left to change.</summary>
    private async Task<bool> ChangeAsync(Func<string, string> change, CancellationToken ct)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var found = await ReadAsync(ct);
            var wanted = change(found);
            if (wanted == found)
            {
                return true;
            }

            // Somebody who is editing now saves within moments: what they wrote is read before it is written to.
            if (await ReadAsync(ct) == found)
            {
                await github.UpdatePullRequestAsync(pullRequest, null, wanted, ct);
            }
        }

        return false;
    }

    private async Task<string> ReadAsync(CancellationToken ct) => (await github.GetPullRequestAsync(pullRequest, ct)).Body;

    private string Tick(string body, (PlannedStep Planned, string Note) step)
    {
        var ticked = PlanMarkdown.Tick(body, step.Planned, clean(step.Note));
        if (ticked.LeftAlone is { } reason && _said.Add(reason))
        {
            screen.Say($"     a box of #{pullRequest} is left alone: {reason}");
        }

        return ticked.Body;
    }
}
