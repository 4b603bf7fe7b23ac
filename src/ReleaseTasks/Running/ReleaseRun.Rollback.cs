using Cake.Heroku;
using ReleaseTasks.GitHub;
using ReleaseTasks.Journals;
using ReleaseTasks.Plans;
using ReleaseTasks.Redaction;
using ReleaseTasks.Steps;

namespace ReleaseTasks.Running;

/// <content>Back: what the journal says was done, undone.</content>
internal sealed partial class ReleaseRun
{
    private string RollbackCommand => Command("Rollback", $" --confirm={options.App}");

    public async Task RollBackAsync(CancellationToken ct)
    {
        _withoutGitHub = arguments.WithoutGitHub;
        if (await PrepareOrSayHowElseAsync(ct) is var (unwinder, decision))
        {
            await UnwindAsync(unwinder, decision, _journal!, ct);
        }
    }

    /// <exception cref="StepFailedException">GitHub can't be reached, and nobody said to go on without it.</exception>
    private async Task<(Unwinder, UndoDecision)?> PrepareOrSayHowElseAsync(CancellationToken ct)
    {
        try
        {
            return await PrepareAsync(ct);
        }
        catch (GitHubException e) when (!_withoutGitHub)
        {
            throw new StepFailedException(
                $"{ForeignText.WordsOf(e)} Nothing was undone by this run: without GitHub nobody can tell whether the roll-out goes on elsewhere. " +
                $"Where it doesn't, and this can't wait: {RollbackCommand} --without-github", e);
        }
    }

    /// <returns>Null where it was rolled back before.</returns>
    private async Task<(Unwinder, UndoDecision)?> PrepareAsync(CancellationToken ct)
    {
        var known = await FindStateAsync(ct);
        await LearnAsync(known.Trusted, ct);
        var journal = await OpenJournalAsync(known.Id, ct);
        IReadOnlyList<JournalLine> remembered = known.IsEvidence
            ? await new Reconstruction(known, new AppName(options.App), _services!, Recognisers).LinesAsync(ct)
            : [];
        var state = remembered.Aggregate(journal.State, (state, line) => state.After(line));
        var start = state.Start!;
        if (state.RolledBack is { } done)
        {
            screen.Say($"{start.Rollout} was rolled back at {done.At:yyyy-MM-dd HH:mm} UTC: nothing to do.");
            return null;
        }

        SayWhereFrom(known, state);
        var (unwinder, decision) = await DecideHowToGoBackAsync(state, journal, ct);
        await ShowRollbackAsync(unwinder, state, ct);
        await RequireOwnerAsync(decision, ct);
        if (state.Rollback is null || known.IsAdopted)
        {
            await ConfirmAsync(start.Rollout, ct);
        }

        if (!_withoutGitHub)
        {
            await TakeLockAsync(start.Rollout, CommitSha.Parse(start.HeadSha), ct);
        }

        foreach (var line in remembered)
        {
            journal.Write(line);
        }

        return (unwinder, decision);
    }

    /// <summary>What was found is what is gone back to: where this checkout doesn't know it, a person looks at it first.</summary>
    private void SayWhereFrom(Recollection known, RunState state)
    {
        if (!known.IsAdopted)
        {
            return;
        }

        screen.Say(known.WhyEvidence is { } why
            ? $"This checkout doesn't know all of {known.Id}, and its copy on GitHub is evidence only, for {why}. What is undone is " +
                $"what Heroku and GitHub themselves remember of it; config vars, commands and tasks that only the copy speaks of are " +
                $"left to you."
            : $"This checkout doesn't know all of {known.Id}: it goes by its copy on GitHub, which is signed with the app's key. " +
                $"{Begun(known.State)}");
        if (RecordState.FoundIn(state) is { } found)
        {
            screen.Say($"Found then: {found.Summary}; {AppState.PrimaryName} {found.Primary ?? "none"}.");
        }
    }

    /// <summary>Asked before anything is undone: half way would be the wrong place to learn it.</summary>
    private async Task RequireOwnerAsync(UndoDecision decision, CancellationToken ct)
    {
        if (decision is { Abandons: not null } or { Reattaches: not null }
            && (await new HerokuFacts(new AppName(options.App), _services!.Heroku).ReadOwnershipAsync(ct))
                .WhyNotPromote("This promotes a database") is var (reason, remedy))
        {
            throw new GateClosedException($"{reason} Nothing was changed. {remedy}");
        }
    }

    /// <summary>Looks, decides and refuses; changes nothing.</summary>
    private async Task<(Unwinder Unwinder, UndoDecision Decision)> DecideHowToGoBackAsync(
        RunState state, Journal journal, CancellationToken ct)
    {
        var found = RecordState.FoundIn(state) ?? throw NothingToUndo(state, []);
        var vault = VaultOf(state.Start!.Rollout);
        await KeepKeyAsync(vault, ct);
        var originals = new ConfigVarOriginals(state, vault, await FingerprintAsync(state, ct));
        var ours = await OursAsync(state, ct);
        var decision = state.Rollback?.Decision ?? await DecideAsync(state, found, originals, ours, ct);
        await RecallConfigVarsAsync(found, originals, [.. originals.Lost(decision.Restores)], vault, ct);
        var strangers = new Strangers(found, new Footprint(state, found), originals, decision, ours);
        var unwinder = new Unwinder(state, found, decision, strangers, arguments.Forced, options, _services!, originals);
        return unwinder.HasNothingToUndo ? throw NothingToUndo(state, unwinder.CannotUndo()) : (unwinder, decision);
    }

    /// <summary>Where going back takes the key of journals away, it is put back.</summary>
    private async Task KeepKeyAsync(ConfigVarVault vault, CancellationToken ct)
    {
        if ((await _services!.Heroku.GetConfigVarsAsync(new AppName(options.App), ct)).TryGetValue(JournalKey.ConfigVar, out var key))
        {
            vault.Save(new Dictionary<string, string> { [JournalKey.ConfigVar] = key });
        }
    }

    /// <param name="stays">What it did elsewhere all the same: the merge, a message.</param>
    private RefusedException NothingToUndo(RunState state, IEnumerable<string> stays) => new(
        $"{state.Start!.Rollout} has changed nothing on {options.App}: there is nothing to undo." + string.Concat(stays.Select(stay => $"{Environment.NewLine}  !! {stay}")));

    /// <summary>On another machine the saved values are missing; Heroku keeps them with the release that was current then.</summary>
    private async Task RecallConfigVarsAsync(AppState found, ConfigVarOriginals originals, IReadOnlyList<string> lost, ConfigVarVault vault, CancellationToken ct)
    {
        if (lost.Count > 0)
        {
            var then = await _services!.Heroku.GetReleaseConfigVarsAsync(new AppName(options.App), found.Release.Version, ct);
            vault.Save(then.Where(v => lost.Contains(v.Key) && originals.IsOriginal(v.Key, v.Value)).ToDictionary());
        }
    }

    private async Task<UndoDecision> DecideAsync(RunState state, AppState found, ConfigVarOriginals originals, IReadOnlyList<HerokuId<Slug>> ours, CancellationToken ct)
    {
        var now = await _services!.AppReader.ReadAsync(new AppName(options.App), ct);

        // Before the schema is judged: with somebody else's code, the app itself may not be able to tell it.
        var foreign = new Strangers(found, new Footprint(state, found), originals, UndoDecision.Nothing, ours).Code(now).ToList();
        if (foreign.Count > 0 && !arguments.Forced.Contains(Unwinder.ReleaseStep))
        {
            throw Refused([new(Unwinder.ReleaseStep, foreign)]);
        }

        if (found.SchemaRevision is not null && now.MustAskApp)
        {
            now = now.With(await AskAppAsync(state.Start!.Rollout, ct));
        }

        var databases = await ReadDatabasesAsync(state, found, now, ct);
        var isInUse = await IsRollbackDatabaseUsedAsync(state, ct);
        return new UndoPlanner(state, found, now, databases, isInUse, PlanOf(state), originals, arguments.Schema).Decide();
    }

    /// <summary>
    /// The databases that may be the primary afterwards: the one that was found and the rollback database, where new code may have met
    /// them.
    /// </summary>
    private async Task<IReadOnlyDictionary<string, DatabaseReading>> ReadDatabasesAsync(
        RunState state, AppState found, AppState now, CancellationToken ct)
    {
        var primaries = new Primaries(state, found);
        string?[] may = [found.Primary, state.Find(CreateRollbackDatabase.StepName)?.AfterAs<CreateRollbackDatabase.Created>()?.Name];
        var readings = new Dictionary<string, DatabaseReading>();
        foreach (var addon in may.OfType<string>().Distinct().Where(primaries.MayHaveMigrated))
        {
            readings[addon] = addon == now.Primary
                ? new(now.SchemaRevision, now.SchemaNote)
                : await ReadDatabaseAsync(state, found, addon, ct);
        }

        return readings;
    }

    private async Task<DatabaseReading> ReadDatabaseAsync(RunState state, AppState found, string addon, CancellationToken ct)
    {
        var reader = _services!.AppReader;
        var app = new AppName(options.App);
        var read = await reader.ReadDatabaseAsync(app, addon, ct);
        return read.Revision is null
            && found is { SchemaRevision: not null, HasReleasePhase: true }
            && await reader.FindVarAsync(app, addon, ct) is { } name
            ? await AskAppAsync(state.Start!.Rollout, ct, name)
            : read;
    }

    private async Task<bool> IsRollbackDatabaseUsedAsync(RunState state, CancellationToken ct)
    {
        var app = new AppName(options.App);
        var name = state.Find(CreateRollbackDatabase.StepName)?.BeforeAs<CreateRollbackDatabase.Before>().Name;
        return name is not null
            && (await _services!.Heroku.ListAddonsAsync(app, ct)).FirstOrDefault(addon => addon.Name == name) is { } database
            && await _services.Heroku.FindUseAsync(app, database.Id, ct) is not null;
    }

    /// <summary>A database can't be asked from here, so the app is, in a one-off dyno that only reads.</summary>
    private async Task<DatabaseReading> AskAppAsync(RolloutId rollout, CancellationToken ct, string variable = DatabaseInDyno.Primary)
    {
        var app = new AppName(options.App);
        screen.Say($"Asking {app} for its schema's revision, in a one-off dyno that only reads.");
        var mark = variable == DatabaseInDyno.Primary ? $"{rollout}-schema-now" : $"{rollout}-schema-now-{variable}";
        var asked = new DatabaseInDyno(new MarkedRun(app, mark, _services!.Heroku, _services.Streams), variable);
        await asked.StartAsync(ct);
        for (var end = _services.Time.GetUtcNow() + options.Deadlines.Command; _services.Time.GetUtcNow() < end;)
        {
            if (await asked.FindAsync(ct) is { } answer)
            {
                return answer;
            }

            await Task.Delay(TimeSpan.FromSeconds(1), _services.Time, ct);
        }

        return new(null, $"the app didn't answer within {options.Deadlines.Command}");
    }

    /// <summary>The slugs that this roll-out made current: of the commit that it merged, of a release that its plan went back to.</summary>
    private async Task<IReadOnlyList<HerokuId<Slug>>> OursAsync(RunState state, CancellationToken ct)
    {
        var slugs = (await BuildsAsync(state, ct)).Select(build => build.Slug?.Id).OfType<HerokuId<Slug>>().ToList();
        foreach (var rolled in state.Steps.Where(step => step.Name.StartsWith(StepFactory.RollBackPrefix, StringComparison.Ordinal)).Select(step => step.AfterAs<RollBackRelease.Rolled>()).OfType<RollBackRelease.Rolled>())
        {
            slugs.AddRange((await _services!.Heroku.GetReleaseAsync(new AppName(options.App), rolled.Version, ct)).Slug is { } slug ? [slug.Id] : []);
        }

        return slugs;
    }

    private async Task<IReadOnlyList<Build>> BuildsAsync(RunState state, CancellationToken ct)
    {
        var commit = state.Find(MergePullRequest.StepName)?.AfterAs<MergePullRequest.Merged>()?.Commit.ToString();
        return commit is null || state.Find(ReleaseCommit.StepName) is null
            ? []
            : [.. (await _services!.Heroku.ListNewestBuildsAsync(new AppName(options.App), 50, ct)).Where(build => build.SourceBlob.Version == commit)];
    }

    private async Task UnwindAsync(Unwinder unwinder, UndoDecision decision, Journal journal, CancellationToken ct)
    {
        if (journal.State.Rollback is null)
        {
            journal.Write(new RollbackStarted(Environment.UserName, Environment.MachineName, decision));
        }

        await CarryOutAsync(unwinder.Steps(), journal, ct);
        journal.Write(new RollbackFinished([.. unwinder.CannotUndo(), .. await HowToDestroyAsync(unwinder.Keeps, ct)]));
    }

    /// <summary>Only where it was read that nobody uses it.</summary>
    private async Task<IReadOnlyList<string>> HowToDestroyAsync(string? database, CancellationToken ct)
    {
        var app = new AppName(options.App);
        return database is not null
            && (await _services!.Heroku.ListAddonsAsync(app, ct)).FirstOrDefault(addon => addon.Name == database) is { } kept
            && await _services.Heroku.FindUseAsync(app, kept.Id, ct) is null
            ? [$"Nobody uses {database}: `heroku addons:destroy {database} --app {app}` ends it, once you are sure of the data."]
            : [];
    }

    /// <summary>The roll-out that is meant, by what this checkout and GitHub remember.</summary>
    private async Task<Recollection> FindStateAsync(CancellationToken ct)
    {
        var known = !_withoutGitHub ? await RecallAsync(await MemoryAsync(ct), ct)
            : Remembered is { Start.Rollout: { } id } here ? new(id, here, here, null)
            : null;
        return known is { State.Exists: true }
            ? known
            : throw new RefusedException($"{(_withoutGitHub ? "This checkout doesn't remember" : "Neither this checkout nor GitHub remembers")} a roll-out of {options.App}{(arguments.PullRequest is { } n ? $" for #{n}" : "")}: there is nothing to undo. Nothing was changed.");
    }

    /// <summary>Before anything is asked or done: every step, with the values it would change, and what can't be taken back.</summary>
    /// <exception cref="RefusedException">Somebody else changed what would be undone.</exception>
    private async Task ShowRollbackAsync(Unwinder unwinder, RunState state, CancellationToken ct)
    {
        var changed = new List<ChangedByOthersException>();
        screen.Say($"To undo {state.Start!.Rollout}:");
        foreach (var step in unwinder.Steps())
        {
            screen.Say(state.Find(step.Name) switch
            {
                { IsFinished: true } => $"  ok {step.Title}: done already",
                { } begun => $"  -  {step.Title}: begun at {begun.StartedAt:HH:mm:ss} UTC, goes on",
                null => $"  -  {step.Title}: {await EffectAsync(step, changed, ct)}",
            });
        }

        foreach (var loss in unwinder.CannotUndo())
        {
            screen.Say($"  !! {loss}");
        }

        foreach (var kept in unwinder.Stays())
        {
            screen.Say($"  =  {kept}");
        }

        if (state.Start.WholePlan is not null)
        {
            screen.Say(
                "  ≠  Rollback strategy: not looked at. The plan holds a secret and is whole only in unmasked.json, beside the journal " +
                $"on {state.Start.Host}. What the journal says was done is undone.");
        }
        else
        {
            SayDifferences(PlanOf(state), unwinder.Works(PlanOf(state).Rollback));
        }

        if (changed.Count > 0)
        {
            throw Refused(changed);
        }
    }

    private RefusedException Refused(IReadOnlyList<ChangedByOthersException> changed) => new(
        string.Join(Environment.NewLine, changed.Select(change => $"{change.Step}: {change.Message}")) +
        $"{Environment.NewLine}Nothing was changed by this run. Type: {RollbackCommand} --force={string.Join(',', changed.Select(change => change.Step))}");

    /// <summary>Where the plan's rollback strategy isn't what is done.</summary>
    private void SayDifferences(RolloutPlan plan, IReadOnlyList<Work> computed)
    {
        foreach (var difference in WrittenRollback.Differences(plan.Rollback, computed))
        {
            screen.Say($"  ≠  Rollback strategy: {difference}");
        }
    }

    /// <summary>Masked words are no plan.</summary>
    private RolloutPlan PlanOf(RunState state) =>
        state.Start!.WholePlan is null && PlanMarkdown.Parse(state.Start.Plan, Recognisers).Plan is { } plan ? plan : new RolloutPlan();

    private static async Task<string> EffectAsync(IStep step, List<ChangedByOthersException> changed, CancellationToken ct)
    {
        try
        {
            return (await step.ObserveAsync(ct)).Effect;
        }
        catch (ChangedByOthersException e)
        {
            changed.Add(e);
            return e.Message;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return $"can't be told yet: {ForeignText.WordsOf(e)}";
        }
    }

    private async Task ConfirmAsync(RolloutId rollout, CancellationToken ct)
    {
        var answer = arguments.Confirmation ?? (console.Profile.Capabilities.Interactive && !Console.IsInputRedirected ? await AskAsync() : null);
        if (answer != options.App)
        {
            throw new RefusedException(answer is null
                ? $"{rollout} is not rolled back without a word from you. Nothing was changed. Type: {RollbackCommand}"
                : $"'{answer}' is not '{options.App}'. Nothing was changed.");
        }

        async Task<string> AskAsync()
        {
            screen.Say($"Type the app's name, {options.App}, to roll it back:");
            return (await Terminal.ReadLineAsync(ct))?.Trim() ?? "";
        }
    }
}
