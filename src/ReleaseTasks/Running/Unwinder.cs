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
    private readonly CreateRollbackDatabase.Before? _wanted = state.Find(CreateRollbackDatabase.StepName)?.BeforeAs<CreateRollbackDatabase.Before>();
    private readonly CreateRollbackDatabase.Created? _created = state.Find(CreateRollbackDatabase.StepName)?.AfterAs<CreateRollbackDatabase.Created>();

    private bool Promotes => decision.Schema == SchemaUndo.Promote;

    private bool ChangesDatabase => decision.Schema != SchemaUndo.Leave;

    private bool ChangesConfigVars => decision.Restores.Count > 0;

    private bool ClosesApp => decision.RollsCodeBack || ChangesDatabase || ChangesConfigVars;

    /// <summary>Also where it was to be opened after a failure, and that wasn't seen to be done.</summary>
    private bool WasClosed => state.Find(SetMaintenance.OnStep) is not null || (state.StandDowns > 0 && !state.HasFinished($"reopen-{state.StandDowns}"));

    /// <summary>Nothing was released, so nothing needs the database of the moment before.</summary>
    private bool DestroysDatabase => _wanted is not null && state.Find(ReleaseCommit.StepName) is null && !Promotes;

    private IReadOnlyList<string> Workers =>
        [.. found.Formation.Where(f => f.Key is not ("web" or "release" or "console" or "rake") && f.Value > 0).Select(f => f.Key)];

    private IReadOnlyList<string> Stopped => ChangesDatabase ? Workers : [];

    private IReadOnlyList<string> Scaled => [.. Stopped.Union(_footprint.Scaled)];

    /// <summary>True where nothing was done that could be undone.</summary>
    public bool HasNothingToUndo => !(ClosesApp || WasClosed || DestroysDatabase || Scaled.Count > 0);

    /// <summary>In order: nobody writes, the old revision is marked, old code, old data, their wiring, then open again.</summary>
    public IReadOnlyList<IStep> Steps() => [.. QuietSteps(), .. CodeSteps(), .. DatabaseSteps(), .. ConfigVarSteps(), .. OpeningSteps()];

    /// <summary>The same as a plan would put it, for comparing the two: without what goes without saying.</summary>
    public IReadOnlyList<Work> Works() =>
    [
        .. decision.Schema == SchemaUndo.Downgrade ? [new Work.AlembicDowngrade(decision.FoundRevision!)] : (Work[])[],
        .. decision.RollsCodeBack ? [new Work.RollBackRelease(found.Release.Version)] : (Work[])[],
        .. Promotes ? [new Work.PromoteDatabase(_created!.Name)] : (Work[])[],
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

        if (decision.Schema == SchemaUndo.Downgrade)
        {
            yield return $"What alembic downgrade {decision.FoundRevision} can't make again is lost: look at the migrations' downgrade().";
        }

        if (_created is not null && !Promotes && !DestroysDatabase)
        {
            yield return $"{_created.Name} is kept: the schema is as it was found, but only you know whether the data is. `heroku addons:destroy {_created.Name} --app {_app}` ends it.";
        }
    }

    private static bool IsBeyondUs(StepRecord step) =>
        new[] { StepFactory.ByHandPrefix, StepFactory.RunPrefix, RunProjectTask.Prefix }.Any(prefix => step.Name.StartsWith(prefix, StringComparison.Ordinal));

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

    private IEnumerable<IStep> CodeSteps()
    {
        if (decision.Schema == SchemaUndo.Downgrade)
        {
            yield return InDyno("downgrade", $"Downgrade the schema to {decision.FoundRevision}", "alembic", "downgrade", decision.FoundRevision!);
        }

        // The old code can't find the new revision and would refuse to start: the database that is being left gets the old mark.
        if (Promotes && found.HasReleasePhase && decision.FoundRevision is { } revision)
        {
            yield return InDyno("stamp", $"Mark the abandoned database with revision {revision}", "alembic", "stamp", "--purge", revision);
        }

        if (decision.RollsCodeBack)
        {
            yield return Guard(
                new RollBackRelease(_app, ReleaseStep, found.Release.Id, found.Release.Version, services.Heroku, options.Deadlines.Release), strangers.Release);
        }
    }

    private IEnumerable<IStep> DatabaseSteps()
    {
        if (Promotes)
        {
            yield return Guard(
                new PromoteDatabase(_app, Undo + "promote", _created!.Name, services.Heroku, services.Data, options.Deadlines.Release, services.Simulated.Databases),
                now => strangers.Primary(now, _created.Name));
        }

        if (Promotes || decision.RollsCodeBack)
        {
            yield return new RepairAttachments(_app, Undo + "attachments", WantedAttachments(), services.Heroku, options.Deadlines.Release);
        }
        else if (DestroysDatabase)
        {
            yield return new DestroyAddon(_app, Undo + "rollback-database", _wanted!.Name, services.Heroku);
        }
    }

    /// <summary>As found, with the rollback database's own; after a promotion <c>DATABASE</c> is that database too.</summary>
    private Dictionary<string, string> WantedAttachments()
    {
        var wanted = new Dictionary<string, string>(found.Attachments);
        if (_created is { ConfigVars: [var own, ..] })
        {
            wanted[own[..^"_URL".Length]] = _created.Name;
        }

        if (Promotes)
        {
            wanted[AppState.Primary] = _created!.Name;
        }

        return wanted;
    }

    private IEnumerable<IStep> ConfigVarSteps()
    {
        if (ChangesConfigVars)
        {
            yield return Guard(
                new ChangeConfigVars(
                    _app, Undo + "config-vars", $"Put back {string.Join(", ", decision.Restores)}", () => originals.Values(decision.Restores), services.Heroku, options.Deadlines.Release, vault: null),
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

        if (ClosesApp)
        {
            var wanted = found with { Attachments = WantedAttachments(), SchemaRevision = decision.FoundRevision };
            yield return new CompareWithFound(_app, Undo + "read-back", wanted, ConfigVarsOfFound(), Scaled, services.AppReader);
        }

        if (ClosesApp || WasClosed)
        {
            var open = new SetMaintenance(_app, Undo + "maintenance", found.Maintenance ? "Leave the app closed, as it was found" : "Open the app to visitors again", found.Maintenance, services.Heroku);
            yield return ClosesApp ? open : Guard(open, strangers.Maintenance);
        }
    }

    /// <summary>The old release brings all of its config vars with it; otherwise only those are as found that were put back.</summary>
    private IReadOnlyList<string> ConfigVarsOfFound() =>
        decision.RollsCodeBack ? [.. found.ConfigVars.Keys.Except(found.AttachedVars)] : decision.Restores;

    private RunInDyno InDyno(string name, string title, params string[] command) =>
        new(_app, Undo + name, title, command, new MarkedRun(_app, $"{state.Start!.Rollout}-{name}", services.Heroku, services.Streams), options.Deadlines.Command);

    private IStep Guard(IStep step, Func<AppState, IEnumerable<string>> changed) =>
        forced.Contains(step.Name) ? step : new Guarded(step, async ct => [.. changed(await services.AppReader.ReadWithoutDatabaseAsync(_app, ct))]);
}
