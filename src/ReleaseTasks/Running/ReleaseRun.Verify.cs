using ReleaseTasks.Journals;
using ReleaseTasks.Monitoring;
using ReleaseTasks.Plans;

namespace ReleaseTasks.Running;

/// <content>Is the release good?</content>
internal sealed partial class ReleaseRun
{
    public async Task VerifyAsync(CancellationToken ct)
    {
        var subject = await SubjectAsync(ct);
        RefuseEvidence(subject.Memory);
        await LearnAsync(subject.State, ct);
        var journal = await OpenJournalAsync(subject.Id, ct);
        var verification = new Verification(journal.State, subject.Plan, options, await ServicesAsync(ct));
        var observations = await verification.LookAsync(ct);
        foreach (var observation in observations)
        {
            screen.Say($"  {Mark(observation.Sign)} {observation.What}: {observation.Detail}");
        }

        var open = await OpenChecksAsync(subject, verification, ct);
        var verdict = Evidence.Weigh(observations);
        if (verdict != Verdict.Good || open.Count == 0)
        {
            journal.Write(new Verified(verdict.ToString().ToLowerInvariant(), [.. observations.Select(o => $"{o.What}: {o.Detail}")]));
        }

        Judge(verdict, open);
    }

    private static string Mark(Sign sign) => sign switch
    {
        Sign.Good => "ok",
        Sign.Bad => "!!",
        Sign.Doubt => "??",
        _ => "- ",
    };

    /// <summary>The checks that nobody has confirmed, neither on GitHub nor, where there is one, at this terminal.</summary>
    private async Task<IReadOnlyList<PlannedStep>> OpenChecksAsync(RolloutSubject subject, Verification verification, CancellationToken ct)
    {
        var open = new List<PlannedStep>();
        foreach (var check in verification.ByHand)
        {
            if (await _services!.Confirmations(subject.PullRequest?.Number, check, Terminal).FindAsync(ct) is { } confirmed)
            {
                screen.Say($"  ok {check.Title}: confirmed by {confirmed.By} {confirmed.Where}");
            }
            else if (!await IsAnsweredAsync($"{check.Title}: is that so? (y/n)", ct))
            {
                screen.Say($"  -  {check.Title}: to be checked by hand");
                open.Add(check);
            }
        }

        return open;
    }

    private async Task<bool> IsAnsweredAsync(string question, CancellationToken ct)
    {
        if (!Terminal.HasPerson)
        {
            return false;
        }

        screen.Say(question);
        return (await Terminal.ReadLineAsync(ct))?.Trim() is "y" or "Y" or "yes";
    }

    private void Judge(Verdict verdict, IReadOnlyList<PlannedStep> open)
    {
        switch (verdict)
        {
            case Verdict.Bad:
                throw new StepFailedException($"The release is bad. To go back: {RollbackCommand}");
            case Verdict.Inconclusive:
                throw new WaitingException("Nobody can tell from here whether the release is good: look for yourself, then verify again.");
            case Verdict.Good when open.Count > 0:
                throw new WaitingException($"All that can be seen from here is good. {open.Count} checks by hand are left: tick them in the description, then verify again.");
        }

        screen.Say("The release is good.");
    }
}
