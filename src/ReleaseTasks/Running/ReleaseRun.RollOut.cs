using ReleaseTasks.GitHub;
using ReleaseTasks.Journals;
using ReleaseTasks.Plans;
using ReleaseTasks.Redaction;

namespace ReleaseTasks.Running;

/// <content>Forwards: the gates, and the plan's steps station by station.</content>
internal sealed partial class ReleaseRun
{
    private bool _gatesAreOpen;
    private BoxTicker? _ticker;
    private IReadOnlyList<string> _openGates = [];

    public async Task PreflightAsync(CancellationToken ct)
    {
        if (arguments.PlanFile is { } file)
        {
            throw new RefusedException($"A plan in a file can be looked at (CheckPlan, Plan), not carried out. Nothing was changed. Open a pull request with {file} as its description: --target=CreatePullRequest.");
        }

        var subject = await SubjectAsync(ct);
        RefuseEvidence(subject.Memory);
        if (subject.Memory is { IsAdopted: true, Trusted: { HasTouchedTheWorld: true, IsFinished: false, Rollback: null } })
        {
            await AdoptAsync(subject, ct);
        }

        var gates = Adoption.Gates(subject.Memory, subject.PullRequest);
        if (gates.Count == 0)
        {
            screen.Say($"None of the {subject.State.Gates.Count} gates is asked again. They were open when {subject.Id} began, and finishing it is safer than leaving it half done. The merge still insists on the reviewed head.");
            _gatesAreOpen = true;
            return;
        }

        var services = await ServicesAsync(ct);
        var world = await new WorldReader(subject, options, Tasks, redactor.Exposes).ReadAsync(services, ct);
        if (!subject.State.HasTouchedTheWorld)
        {
            RefuseBadPlan(subject, world);
            await SayWhoCanGoOnAsync(services, ct);
        }

        var answers = await new Preflight(subject, world, options, services).AskAsync(gates, ct);
        foreach (var answer in answers)
        {
            screen.Say($"  {(answer.IsOpen ? "ok" : "!!")} {answer}");
        }

        SayDifferences(subject.Plan, WrittenRollback.Expected(subject.Plan));
        if (answers.Count(answer => !answer.IsOpen) is > 0 and var closed)
        {
            throw new GateClosedException($"{closed} of {answers.Count} gates are closed. Nothing was changed. Put that right and run the same command again.");
        }

        _openGates = [.. answers.Select(answer => answer.ToString())];
        _gatesAreOpen = true;
    }

    public async Task RollOutAsync(Station station, CancellationToken ct)
    {
        var subject = await SubjectAsync(ct);
        RefuseEvidence(subject.Memory);
        if (IsOver(station))
        {
            return;
        }

        if (!_gatesAreOpen)
        {
            // A task on its own (--exclusive) passes the gates too.
            await PreflightAsync(ct);
        }

        var journal = await BeginAsync(subject, ct);
        var legs = Factory(subject, journal).RollOut().Where(leg => leg.Station <= station).ToList();
        screen.Say(legs.All(leg => journal.State.HasFinished(leg.Step.Name)) ? $"{station}: nothing to do" : station.ToString());
        try
        {
            await CarryOutAsync([.. legs.Select(leg => leg.Step)], journal, ct, () => TickAsync(subject, legs, journal.State, ct));
        }
        catch (StepFailedException e) when (!ct.IsCancellationRequested)
        {
            await AfterFailureAsync(station, e, journal, ct);
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
            screen.Say($"{options.App} is still locked, though the roll-out is finished: {ForeignText.WordsOf(e)} Free it with {Command("Unlock", " --reason='finished'")}");
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

    /// <summary>Until it has changed anything, each run begins the roll-out anew: with the plan, the head and the gates of now.</summary>
    private async Task<Journal> BeginAsync(RolloutSubject subject, CancellationToken ct)
    {
        var wentOn = _journal is not null;
        var journal = await OpenJournalAsync(subject.Id, ct);
        await TakeLockAsync(subject.Id, subject.Head, ct);
        if (!wentOn && journal.State.HasTouchedTheWorld != subject.State.HasTouchedTheWorld)
        {
            throw new GateClosedException($"{subject.Id} was begun elsewhere at this moment. Nothing was changed. Run the same command again.");
        }

        if (!wentOn && !journal.State.HasTouchedTheWorld)
        {
            // Where it begins anew, it does so with the key of now.
            await FingerprintAsync(RunState.Empty, ct);
            var (pullRequest, head) = (subject.PullRequest?.Number, subject.Head?.ToString());
            var (user, machine) = (Environment.UserName, Environment.MachineName);
            journal.Write(new RolloutStarted(subject.Id, options.App, pullRequest, head, subject.Markdown, user, machine)
            {
                Key = (await _services!.Keys.FindAsync(ct))?.Id,
                Wording = subject.Wording,
            });
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

    private async Task SayWhoCanGoOnAsync(ReleaseServices services, CancellationToken ct)
    {
        if (await services.Keys.FindAsync(ct) is null)
        {
            screen.Say($"  -  {options.App} has no key for journals: only this checkout will be able to go on with this roll-out. " +
                $"{Command("CreateJournalKey")} makes one.");
        }
    }

    private StepFactory Factory(RolloutSubject subject, Journal journal) =>
        new(subject, options, arguments, _services!, VaultOf(subject.Id), Tasks, Terminal, () => journal.State);

    private void RefuseBadPlan(RolloutSubject subject, PlanWorld world)
    {
        var problems = PlanLint.Check(subject.Reading, world);
        foreach (var warning in problems.Where(problem => problem.Severity == PlanSeverity.Warning))
        {
            screen.Say("  " + warning.Render(subject.Source));
        }

        if (problems.Where(problem => problem.Severity == PlanSeverity.Error).ToList() is { Count: > 0 } errors)
        {
            throw new RefusedException(
                string.Join(Environment.NewLine, errors.Select(problem => problem.Render(subject.Source))) +
                $"{Environment.NewLine}The plan must not be carried out like this. Nothing was changed. Put its text right and run the same command again.");
        }
    }
}
