using ReleaseTasks.Gates;
using ReleaseTasks.GitHub;
using ReleaseTasks.Journals;
using ReleaseTasks.Redaction;
using ReleaseTasks.Steps;

namespace ReleaseTasks.Running;

/// <content>Forwards: the gates, and the plan's steps station by station.</content>
internal sealed partial class ReleaseRun
{
    /// <summary>What the gates need to know first leaves them time to be answered without it.</summary>
    private static readonly TimeSpan FirstLook = TimeSpan.FromSeconds(75);

    private bool _gatesAreOpen;
    private BoxTicker? _ticker;
    private IReadOnlyList<string> _openGates = [];

    /// <summary>What a person at the terminal said of somebody else's merge; null while nobody was asked.</summary>
    private bool? _acceptsAnothersMerge;

    private bool IsConfirmed => arguments.Confirmation == options.App;

    public async Task PreflightAsync(CancellationToken ct)
    {
        if (arguments.PlanFile is { } file)
        {
            throw new RefusedException($"A plan in a file can be looked at (CheckPlan, Plan), not carried out. Nothing was changed. Open a pull request with {file} as its description: --target=CreatePullRequest.");
        }

        await ServicesAsync(ct);
        using var reader = Reader(ct);
        var found = await FindSubjectAsync(reader);
        var gates = found.Unread is null ? await GatesAsync(found.Value, ct) : Gatekeeper.RollOut;
        if (gates.Count == 0)
        {
            var begun = found.Value.State;
            screen.Say(
                $"None of the {begun.Gates.Count} gates is asked again. {begun.Start!.Rollout} is past them, and finishing it is safer than leaving it half done.");
            _gatesAreOpen = true;
            return;
        }

        var asked = await Preflight(found, reader, AcceptsAnothersMergeAsync).AskAsync(gates, ct);
        Show(found, asked);
        Refuse(found, asked);
        _openGates = [.. asked.Answers.Select(answer => answer.ToString())];
        _gatesAreOpen = true;
    }

    /// <summary>Which gates are asked; a roll-out that this checkout doesn't know is adopted or refused first.</summary>
    private async Task<IReadOnlyList<Gate>> GatesAsync(RolloutSubject subject, CancellationToken ct)
    {
        RefuseEvidence(subject.Memory);
        if (subject.Memory is { IsAdopted: true, Trusted: { HasTouchedTheWorld: true, IsFinished: false, Rollback: null } })
        {
            await AdoptAsync(subject, ct);
        }

        return Adoption.Gates(subject);
    }

    private FactReader Reader(CancellationToken ct) => new(_services!.Time, screen.Say, ct);

    private Preflight Preflight(Fact<RolloutSubject> found, FactReader reader, Func<PullRequest, CancellationToken, Task<bool>> acceptsAnothersMerge) =>
        new(found, options, _services!, Tasks, redactor.Exposes, _lock, acceptsAnothersMerge, reader);

    /// <summary>What this is about; unknown where GitHub doesn't tell, so that the gates which don't need it are answered all the same.</summary>
    private async Task<Fact<RolloutSubject>> FindSubjectAsync(FactReader reader)
    {
        var finding = reader.ReadAsync(arguments.PullRequest is { } number ? $"#{number}" : "which pull request this is about", SubjectAsync, FirstLook);
        await reader.WaitAsync(finding);
        return await finding;
    }

    /// <summary>A word of the operator's own, given beforehand or now; asked for once a run.</summary>
    private async Task<bool> AcceptsAnothersMergeAsync(PullRequest merged, CancellationToken ct)
    {
        if (IsConfirmed || !Terminal.HasPerson)
        {
            return IsConfirmed;
        }

        if (_acceptsAnothersMerge is null)
        {
            screen.Say($"#{merged.Number} was merged by {merged.MergedBy?.Login ?? "a deleted account"}, not by its author. Type y to release that merge all the same:");
            _acceptsAnothersMerge = (await Terminal.ReadLineAsync(ct))?.Trim().ToUpperInvariant() is "Y" or "YES";
        }

        return _acceptsAnothersMerge.Value;
    }

    private void Show(Fact<RolloutSubject> found, Preflown asked)
    {
        Show(asked.Answers);
        if (found is { Unread: null, Value.Reading.Plan: { } plan })
        {
            SayDifferences(plan, WrittenRollback.Expected(plan));
        }
    }

    private void Show(IEnumerable<GateResult> answers)
    {
        foreach (var answer in answers)
        {
            screen.Say($"  {(answer.IsOpen ? "ok" : "!!")} {answer}");
        }
    }

    /// <exception cref="RefusedException">The plan itself is at fault.</exception>
    /// <exception cref="GateClosedException">Something else is.</exception>
    private void Refuse(Fact<RolloutSubject> found, Preflown asked)
    {
        var closed = asked.Closed.Count;
        if (found is { Unread: null, Value.IsPastGates: false })
        {
            RefuseBadPlan(found.Value, asked.Facts.Problems.Value, closed > 1 ? $" Beside it {Are(closed - 1, asked.Answers)} closed." : "");
        }

        if (closed > 0)
        {
            throw new GateClosedException($"{Are(closed, asked.Answers)} closed. Nothing was changed. Put that right and run the same command again.");
        }
    }

    /// <summary><c>1 of 19 gates is</c></summary>
    private static string Are(int some, IReadOnlyCollection<GateResult> all) => $"{some} of {all.Count} gates {(some == 1 ? "is" : "are")}";

    public async Task RollOutAsync(Station station, CancellationToken ct)
    {
        if (!_gatesAreOpen)
        {
            // A task on its own (--exclusive) passes the gates too.
            await PreflightAsync(ct);
        }

        var subject = await SubjectAsync(ct);
        RefuseEvidence(subject.Memory);
        if (IsOver(station))
        {
            return;
        }

        var journal = await BeginAsync(subject, ct);
        var legs = Factory(subject, journal).RollOut().Where(leg => leg.Station <= station).ToList();
        screen.Say(legs.All(leg => journal.State.HasFinished(leg.Step.Name)) ? $"{station}: nothing to do" : station.ToString());
        try
        {
            await CarryOutAsync(
                [.. legs.Select(leg => leg.Step)],
                journal,
                ct,
                () => TickAsync(subject, legs, journal.State, ct),
                step => PassGatesAsync(subject with { State = journal.State, Preparation = null }, step, ct));
        }
        catch (StepFailedException e) when (!ct.IsCancellationRequested)
        {
            await AfterFailureAsync(station, e, journal, ct);
            throw;
        }
        catch (GateClosedException e)
        {
            journal.Write(new Stopped(e.Message));
            await StandDownAsync(journal, ct);
            throw;
        }

        // Also what an earlier run left unticked, or somebody else's edit took back.
        await TickAsync(subject, legs, journal.State, ct);
        if (station == Station.Deploy)
        {
            // In this order: a run that is killed in between takes the lock again and frees it, where a finished one would leave it.
            await FreeAppAsync(_lock!, ct);
            journal.Write(new RolloutFinished());
        }
    }

    /// <summary>The answers from the beginning may be hours old: right before the point of no return all gates are asked again, behind it the few that still count.</summary>
    /// <param name="subject">As the journal has it by now.</param>
    /// <param name="step">What is about to be done.</param>
    private Task PassGatesAsync(RolloutSubject subject, IStep step, CancellationToken ct) =>
        IsPointOfNoReturn(subject, step) ? AskAgainAsync(subject, ct)
        : MergedAndUnchanged(subject.State) is { } merged && !Preparation.Is(step) ? AskAfterMergeAsync(subject, merged, ct)
        : Task.CompletedTask;

    /// <summary>The merge, and what changes the app as the first.</summary>
    private static bool IsPointOfNoReturn(RolloutSubject subject, IStep step) =>
        !subject.IsPastGates && (step.Name == MergePullRequest.StepName || (Preparation.IsAll(subject.State) && !Preparation.Is(step)));

    /// <summary>What was merged, as long as nothing behind the merge has begun to change the app; null otherwise.</summary>
    private static CommitSha? MergedAndUnchanged(RunState state) =>
        state.Steps.SkipWhile(step => step.Name != MergePullRequest.StepName).ToList() is [{ IsFinished: true } merge, .. var behind] && behind.All(Preparation.Is)
            ? merge.AfterAs<MergePullRequest.Merged>()!.Commit
            : null;

    /// <exception cref="GateClosedException">Somebody objects, pushed, closed a gate in whatever way meanwhile.</exception>
    private async Task AskAgainAsync(RolloutSubject subject, CancellationToken ct)
    {
        using var reader = Reader(ct);
        var asked = await Preflight(new(subject), reader, AcceptsAnothersMergeAsync).AskAsync(Gatekeeper.RollOut, ct);
        if (asked.Closed.Count > 0)
        {
            Show(asked.Answers);
            throw new GateClosedException(
                $"{Are(asked.Closed.Count, asked.Answers)} closed by now. " +
                $"{(subject.Merges ? "This run merged nothing" : $"{options.App} is not changed")}; what was done so far stays. " +
                "Put that right and run the same command again.");
        }

        screen.Say($"All {asked.Answers.Count} gates are open still.");
        _journal!.Write(new GatesOpened([.. asked.Answers.Select(answer => answer.ToString())]));
    }

    /// <exception cref="GateClosedException">Merged, not released: the app is as it was.</exception>
    private async Task AskAfterMergeAsync(RolloutSubject subject, CommitSha merged, CancellationToken ct)
    {
        using var reader = Reader(ct);
        var answers = await Preflight(new(subject), reader, AcceptsAnothersMergeAsync).AskAfterMergeAsync(merged);
        if (answers.Count(answer => !answer.IsOpen) is > 0 and var closed)
        {
            Show(answers);
            throw new GateClosedException(
                $"{subject.Source} is merged as {merged.Abbreviated}, and not released: {Are(closed, answers)} closed. {options.App} is open, and runs what it ran. " +
                $"Two ways on: put that right and run the same command again; or {RollbackCommand}, and a pull request that reverts the merge.");
        }

        foreach (var doubtful in answers.Where(answer => answer.Answer is GateAnswer.Open { Warning: not null }))
        {
            screen.Say($"  -  {doubtful}");
        }
    }

    private async Task TickAsync(RolloutSubject subject, IEnumerable<Leg> legs, RunState state, CancellationToken ct)
    {
        if (subject.PullRequest is { } pullRequest)
        {
            _ticker ??= new BoxTicker(_services!.GitHub, pullRequest.Number, screen, redactor.Clean);
            var links = new StepLinks(options.App, pullRequest.Url);
            await _ticker.TickAsync([.. legs.Where(leg => leg.Planned is not null && state.HasFinished(leg.Step.Name)).Select(leg => (leg.Planned!, links.Note(state.Find(leg.Step.Name)!)))], ct);
        }
    }

    /// <exception cref="RolledBackException">It is undone, as was asked for.</exception>
    private async Task AfterFailureAsync(Station station, StepFailedException failure, Journal journal, CancellationToken ct)
    {
        if (arguments.RollBackOnFailure)
        {
            await UndoFailedAsync(station, failure, journal, ct);
        }

        await StandDownAsync(journal, ct);
    }

    private async Task UndoFailedAsync(Station station, StepFailedException failure, Journal journal, CancellationToken ct)
    {
        screen.Say($"{failure.Message} Rolling back, as --on-failure=rollback asks for.");
        try
        {
            var (unwinder, decision) = await DecideHowToGoBackAsync(journal.State, journal, ct);
            await ShowRollbackAsync(unwinder, journal.State, ct);
            await UnwindAsync(unwinder, decision, journal, ct);
        }
        catch (RefusedException e)
        {
            screen.Say($"It is not undone: {e.Message}");
            return;
        }

        throw new RolledBackException($"{station} failed and was undone: {failure.Message}", failure);
    }

    private async Task FreeAppAsync(RolloutLock held, CancellationToken ct)
    {
        try
        {
            await held.ReleaseAsync(ct);
        }
        catch (GitHubException e)
        {
            screen.Say($"{options.App} is still locked, though this is finished: {ForeignText.WordsOf(e)} Free it with {Command("Unlock", " --reason='finished'")}");
        }
    }

    /// <summary>Finished or rolled back: nothing is done again.</summary>
    private bool IsOver(Station station)
    {
        if (State.Rollback is not null)
        {
            throw new RefusedException(
                $"{State.Start!.Rollout} was {(State.RolledBack is null ? "being " : "")}rolled back. Nothing was changed. " +
                (State.RolledBack is null
                    ? $"Finish that first: {RollbackCommand}"
                    : $"#{State.Start.PullRequest} is merged already: a pull request that reverts it comes first. Open a new pull " +
                        $"request for the next attempt."));
        }

        if (State.IsFinished && station == Station.Deploy && _journal is null)
        {
            screen.Say($"{State.Start!.Rollout} is finished since {State.LastAt:yyyy-MM-dd HH:mm} UTC: nothing to do.");
        }

        return State.IsFinished;
    }

    /// <summary>
    /// Until it has changed anything, each run begins the roll-out anew, with the plan, the head and the gates of now; until the merge, so does one that
    /// finds another head.
    /// </summary>
    private async Task<Journal> BeginAsync(RolloutSubject subject, CancellationToken ct)
    {
        var wentOn = _journal is not null;
        var journal = await OpenJournalAsync(subject.Id, ct);
        await TakeLockAsync(subject.Id, subject.Head, ct);
        if (!wentOn && journal.State.HasTouchedTheWorld != subject.State.HasTouchedTheWorld)
        {
            throw new GateClosedException($"{subject.Id} was begun elsewhere at this moment. Nothing was changed. Run the same command again.");
        }

        if (!wentOn && subject.Begins)
        {
            // Where it begins anew, it does so with the key of now; what it takes over is written with the one of then.
            var takenOver = subject.Preparation is null ? RunState.Empty : journal.State;
            await FingerprintAsync(takenOver, ct);
            var key = takenOver.Start is { } before ? before.Key : (await _services!.Keys.FindAsync(ct))?.Id;
            journal.Write(subject.Start(options.App, key));
            journal.Write(new GatesOpened(_openGates));
            await UntickAsync(subject, ct);
        }

        return journal;
    }

    /// <summary>A box that an earlier attempt's person ticked confirms nothing of this one.</summary>
    private async Task UntickAsync(RolloutSubject subject, CancellationToken ct)
    {
        if (subject is { Id.Attempt: > 1, PullRequest: { } pullRequest })
        {
            await new BoxTicker(_services!.GitHub, pullRequest.Number, screen, redactor.Clean).UntickAsync([.. subject.Plan.Steps], ct);
        }
    }

    private StepFactory Factory(RolloutSubject subject, Journal journal) =>
        new(subject, options, arguments, _services!, VaultOf(subject.Id), Tasks, Terminal, () => journal.State, () => IsConfirmed || _acceptsAnothersMerge == true);
}
