using Cake.Heroku;
using ReleaseTasks.Journals;
using ReleaseTasks.Options;
using ReleaseTasks.Plans;
using ReleaseTasks.Steps;

namespace ReleaseTasks.Running;

/// <summary>
/// What undoing a roll-out takes, as it was decided: the steps, in the order that works when a release phase migrates the database. They
/// are steps like any other, carried out by the same loop, so an interrupted rollback resumes like a roll-out.
/// </summary>
/// <param name="forced">The steps that go ahead whatever somebody else changed.</param>
internal sealed class Unwinder(
    RunState state, AppState found, UndoDecision decision, Strangers strangers, IReadOnlySet<string> forced, ReleaseOptions options, ReleaseServices services, ConfigVarOriginals originals)
{
    public const string ReleaseStep = Undo + "release";

    private const string Undo = "undo-";

    private readonly AppName _app = new(options.App);
    private readonly Footprint _footprint = new(state, found);
    private readonly Primaries _primaries = new(state, found);
    private readonly AppState _wanted = decision.WantedAs<AppState>() ?? found;

    private bool Promotes => decision.Abandons is not null;

    private bool Downgrades => decision.Schema == SchemaUndo.Downgrade;

    private bool ChangesDatabase => Promotes || Downgrades || decision.Reattaches is not null;

    private bool ChangesConfigVars => decision.Restores.Count > 0;

    /// <summary>
    /// Where a database is left or its schema goes back nobody may write meanwhile. Code and config vars alone go back as they came: behind
    /// a closed door only where the plan closed it.
    /// </summary>
    private bool ClosesApp => ChangesDatabase || (WasClosed && (decision.RollsCodeBack || ChangesConfigVars));

    /// <summary>Also where it was to be opened after a failure, and that wasn't seen to be done.</summary>
    private bool WasClosed => state.Find(SetMaintenance.OnStep) is not null || (state.StandDowns > 0 && !state.HasFinished($"reopen-{state.StandDowns}"));

    private IReadOnlyList<string> Workers =>
        [.. found.Formation.Where(f => f.Key is not ("web" or "release" or "console" or "rake") && f.Value > 0).Select(f => f.Key)];

    private IReadOnlyList<string> Stopped => ChangesDatabase ? Workers : [];

    private IReadOnlyList<string> Scaled => [.. Stopped.Union(_footprint.Scaled)];

    /// <summary>The rollback database, where it is neither the primary nor destroyed; null for none.</summary>
    public string? Keeps =>
        state.Find(CreateRollbackDatabase.StepName)?.AfterAs<CreateRollbackDatabase.Created>()?.Name is { } made
        && made != decision.Primary
        && made != decision.Destroys
            ? made
            : null;

    /// <summary>True where nothing was done that could be undone.</summary>
    public bool HasNothingToUndo =>
        !(ChangesDatabase || decision.RollsCodeBack || ChangesConfigVars || WasClosed || decision.Destroys is not null || Scaled.Count > 0);

    /// <summary>In order: nobody writes, the old revision is marked, old code, old data, their wiring, then open again.</summary>
    public IReadOnlyList<IStep> Steps() =>
        [.. QuietSteps(), .. SchemaSteps(), .. CodeSteps(), .. DatabaseSteps(), .. ConfigVarSteps(), .. OpeningSteps()];

    /// <summary>The same as a plan would put it, for comparing the two: without what goes without saying.</summary>
    /// <param name="written">The plan's own way back: where it names the same database by another of its names, that is used.</param>
    public IReadOnlyList<Work> Works(IEnumerable<PlannedStep> written) =>
    [
        .. Downgrades ? [new Work.AlembicDowngrade(decision.FoundRevision!)] : (Work[])[],
        .. decision.RollsCodeBack ? [new Work.RollBackRelease(found.Release.Version)] : (Work[])[],
        .. Promotes || decision.Reattaches is not null ? [new Work.PromoteDatabase(NameIn(written))] : (Work[])[],
        .. decision.Restores.Select(name => new Work.RestoreConfigVar(name)),
    ];

    /// <summary>What no command can take back.</summary>
    public IEnumerable<string> CannotUndo()
    {
        if (state.Find(MergePullRequest.StepName) is { IsFinished: true } merge)
        {
            yield return $"The merge stays on {options.MainBranch} ({merge.Evidence}): open a pull request that reverts it, or the next deploy releases it again.";
        }

        if (state.Find(NotifyUsers.StepName) is not null)
        {
            yield return "Users were notified: tell them.";
        }

        foreach (var step in state.Steps.Where(IsBeyondUs))
        {
            yield return $"Not undone here, for nobody but you knows what it did: {step.Title} ({step.Evidence ?? "begun, not seen to be done"}).";
        }

        foreach (var loss in decision.Losses)
        {
            yield return loss;
        }

        if (Downgrades)
        {
            yield return $"What alembic downgrade {decision.FoundRevision} can't make again is lost: look at the migrations' downgrade().";
        }

        if (decision.Primary != found.Primary)
        {
            yield return $"{AppState.PrimaryName} is {decision.Primary} from now on, not {found.Primary} as it was found: that one has " +
                $"the new schema.";
        }

        if (Keeps is { } kept)
        {
            yield return $"{kept} is kept: the schema is as it was found, but only you know whether the data is.";
        }
    }

    /// <summary>What others did to the app since, and the rollback leaves as it is.</summary>
    public IEnumerable<string> Stays() => AttachmentsThatStay().Concat(ConfigVarsThatStay());

    private IEnumerable<string> ConfigVarsThatStay() =>
        from name in found.ConfigVars.Keys.Union(_wanted.ConfigVars.Keys).Except(_wanted.AttachedVars).Order(StringComparer.Ordinal)
        where found.ConfigVars.GetValueOrDefault(name) != _wanted.ConfigVars.GetValueOrDefault(name)
        where !decision.Restores.Contains(name)
        select $"config var {name} isn't as it was when the roll-out began, and not by its steps: it stays so";

    private IEnumerable<string> AttachmentsThatStay() =>
        from name in found.Attachments.Keys.Union(_wanted.Attachments.Keys).Order(StringComparer.Ordinal)
        let was = found.Attachments.GetValueOrDefault(name)
        let stays = _wanted.Attachments.GetValueOrDefault(name)
        where name != AppState.PrimaryName && was != stays && stays != Keeps && stays != decision.Primary
        select $"attachment {name} is {stays ?? "gone"} and was {was ?? "not there"} when the roll-out began: it stays so";

    private static bool IsBeyondUs(StepRecord step) =>
        new[] { StepFactory.ByHandPrefix, StepFactory.RunPrefix, RunProjectTask.Prefix }.Any(prefix => step.Name.StartsWith(prefix, StringComparison.Ordinal));

    private string NameIn(IEnumerable<PlannedStep> written) => written
        .Select(step => (step.Work as Work.PromoteDatabase)?.Database)
        .OfType<string>()
        .FirstOrDefault(name => _wanted.Attachments.GetValueOrDefault(AppReader.AttachmentIn(name), name) == decision.Primary)
        ?? decision.Primary!;

    private IEnumerable<IStep> QuietSteps()
    {
        if (ClosesApp)
        {
            yield return Guard(new SetMaintenance(_app, Undo + "close-app", "Close the app to visitors", on: true, services.Heroku), strangers.Maintenance);
        }

        if (Stopped.Count > 0)
        {
            yield return Guard(
                new ScaleDynos(_app, Undo + "stop-workers", "Stop the workers", Stopped.ToDictionary(type => type, _ => 0), services.Heroku),
                now => strangers.Formation(now, Stopped));
        }
    }

    /// <summary>
    /// With the new code still there. To be downgraded, the database has to be the primary. One that is left gets the old mark: the old
    /// code can't find the new revision and would refuse to start.
    /// </summary>
    private IEnumerable<IStep> SchemaSteps()
    {
        if (decision.Reattaches is { } cut)
        {
            yield return Promotion("reattach", cut);
        }

        if (Downgrades)
        {
            foreach (var step in PromotionSteps())
            {
                yield return step;
            }

            yield return InDyno("downgrade", $"Downgrade the schema to {decision.FoundRevision}", "alembic", "downgrade", decision.FoundRevision!);
        }
        else if (found.HasReleasePhase && decision.FoundRevision is { } revision)
        {
            foreach (var step in MarkingSteps(revision))
            {
                yield return step;
            }
        }
    }

    /// <summary>The primary of now; and the one that was found, whose address comes back with the old release's config vars.</summary>
    private IEnumerable<IStep> MarkingSteps(string revision)
    {
        string[] stamp = ["alembic", "stamp", "--purge", revision];
        if (decision.Abandons is { } left && _primaries.MayHaveMigrated(left))
        {
            yield return InDyno("stamp", $"Mark the abandoned database with revision {revision}", stamp);
        }

        if (found.Primary is { } former && former != decision.Primary && former != decision.Abandons
            && _primaries.MayHaveMigrated(former) && VarOf(former) is { } variable)
        {
            yield return InDyno("stamp-found", $"Mark {former} with revision {revision}", DatabaseInDyno.With(variable, stamp));
        }
    }

    private string? VarOf(string addon) =>
        _wanted.Attachments.Where(a => a.Value == addon && a.Key != AppState.PrimaryName).Select(a => a.Key + "_URL").FirstOrDefault();

    private IEnumerable<IStep> CodeSteps()
    {
        if (decision.RollsCodeBack)
        {
            yield return Guard(
                new RollBackRelease(_app, ReleaseStep, found.Release.Id, found.Release.Version, services.Heroku, options.Deadlines.Release), strangers.Release);
        }
    }

    private IEnumerable<IStep> DatabaseSteps()
    {
        foreach (var step in Downgrades ? [] : PromotionSteps())
        {
            yield return step;
        }

        if (ChangesDatabase || decision.RollsCodeBack)
        {
            yield return new RepairAttachments(_app, Undo + "attachments", _wanted.Attachments, services.Heroku, options.Deadlines.Release);
        }

        if (decision.Destroys is { } database)
        {
            yield return new DestroyAddon(_app, Undo + "rollback-database", database, services.Heroku);
        }
    }

    private IEnumerable<IStep> PromotionSteps()
    {
        if (Promotes)
        {
            yield return Promotion("promote", decision.Primary!);
        }
    }

    private IStep Promotion(string name, string addon) => Guard(
        new PromoteDatabase(
            _app, Undo + name, addon, services.Heroku, services.Data, options.Deadlines.Release, services.Simulated.Databases),
        now => strangers.Primary(now, addon));

    private IEnumerable<IStep> ConfigVarSteps()
    {
        if (ChangesConfigVars)
        {
            yield return Guard(
                new ChangeConfigVars(
                    _app, Undo + "config-vars", $"Put back {string.Join(", ", decision.Restores)}",
                    () => originals.Values(decision.Restores), services.Heroku, services.Keys, options.Deadlines.Release, vault: null),
                strangers.ConfigVars);
        }
    }

    private IEnumerable<IStep> OpeningSteps()
    {
        if (Scaled.Count > 0)
        {
            var asFound = Scaled.ToDictionary(type => type, type => found.Formation.GetValueOrDefault(type));
            yield return Guard(
                new ScaleDynos(_app, Undo + "formation", "Scale as found", asFound, services.Heroku),
                now => strangers.Formation(now, Scaled, stopped: Stopped.Count > 0));
        }

        var opens = ClosesApp || WasClosed;
        yield return new CompareWithFound(_app, Undo + "read-back", _wanted, Scaled, opens, services.AppReader);

        if (opens)
        {
            var open = new SetMaintenance(_app, Undo + "maintenance", found.Maintenance ? "Leave the app closed, as it was found" : "Open the app to visitors again", found.Maintenance, services.Heroku);
            yield return ClosesApp ? open : Guard(open, strangers.Maintenance);
        }
    }

    private RunInDyno InDyno(string name, string title, params string[] command) =>
        new(_app, Undo + name, title, command, new MarkedRun(_app, $"{state.Start!.Rollout}-{name}", services.Heroku, services.Streams), options.Deadlines.Command);

    private IStep Guard(IStep step, Func<AppState, IEnumerable<string>> changed) =>
        forced.Contains(step.Name) ? step : new Guarded(step, async ct => [.. changed(await services.AppReader.ReadWithoutDatabaseAsync(_app, ct))]);
}
