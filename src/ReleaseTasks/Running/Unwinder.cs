using Cake.Heroku;
using ReleaseTasks.Journals;
using ReleaseTasks.Options;
using ReleaseTasks.Steps;

namespace ReleaseTasks.Running;

/// <summary>
/// What undoing a roll-out takes, computed from its journal: the steps, in the order that works when a release phase migrates the
/// database. They are steps like any other, carried out by the same loop, so an interrupted rollback resumes like a roll-out.
/// </summary>
internal sealed class Unwinder(RunState state, ReleaseOptions options, ReleaseServices services, ConfigVarVault vault)
{
    private const string Undo = "undo-";

    private readonly AppName _app = new(options.App);
    private readonly AppState? _found = state.Find(RecordState.StepName) is { } found ? found.AfterAs<AppState>() ?? found.BeforeAs<AppState>() : null;
    private readonly CreateRollbackDatabase.Created? _database = state.Find(CreateRollbackDatabase.StepName)?.AfterAs<CreateRollbackDatabase.Created>();

    /// <summary>A new release may have begun: its code and its migration have to go.</summary>
    private bool Released => state.Find(ReleaseCommit.StepName) is not null;

    /// <summary>The release phase may have migrated the database, and there is one to go back to.</summary>
    private bool Promotes => Released && _database is not null;

    private readonly ConfigVarOriginals _configVars = new(state, vault);

    private bool ChangedConfigVars => _configVars.Names.Count > 0;

    private bool ClosedApp => state.Find(SetMaintenance.OnStep) is not null;

    private IReadOnlyDictionary<string, int> Workers =>
        _found!.Formation.Where(f => f.Key is not ("web" or "release" or "console" or "rake") && f.Value > 0).ToDictionary();

    /// <summary>True where nothing was done that could be undone.</summary>
    public bool HasNothingToUndo => _found is null || !(Released || ChangedConfigVars || ClosedApp || state.Find(CreateRollbackDatabase.StepName) is not null || Scaled);

    private bool Scaled => state.Steps.Any(step => step.Name.StartsWith("scale:", StringComparison.Ordinal));

    /// <summary>In order: nobody writes, the old revision is marked, old code, old data, their wiring, then open again.</summary>
    public IReadOnlyList<IStep> Steps() => _found is null ? [] : [.. QuietSteps(), .. CodeSteps(), .. DatabaseSteps(), .. ConfigVarSteps(), .. OpeningSteps()];

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

        if (Promotes)
        {
            var to = state.Find(CreateRollbackDatabase.StepName)!.BeforeAs<CreateRollbackDatabase.Before>();
            yield return $"What was written to the database since {to.To:yyyy-MM-dd HH:mm:ss} UTC stays behind in {to.Source}, which is kept.";
        }
    }

    private IEnumerable<IStep> QuietSteps()
    {
        if (Released || ChangedConfigVars)
        {
            yield return new SetMaintenance(_app, Undo + "close-app", "Close the app to visitors", on: true, services.Heroku);
        }

        if (Promotes && Workers.Count > 0)
        {
            yield return new ScaleDynos(_app, Undo + "stop-workers", "Stop the workers", Workers.ToDictionary(w => w.Key, _ => 0), services.Heroku);
        }
    }

    private IEnumerable<IStep> CodeSteps()
    {
        if (!Released)
        {
            yield break;
        }

        // The old code can't find the new revision and would refuse to start: the database that is being left gets the old mark.
        if (Promotes && _found!.HasReleasePhase && _found.SchemaRevision is { } revision)
        {
            yield return new RunInDyno(
                _app, Undo + "stamp", $"Mark the abandoned database with revision {revision}", ["alembic", "stamp", "--purge", revision],
                new MarkedRun(_app, $"{state.Start!.Rollout}-stamp", services.Heroku, services.Streams), options.Deadlines.Command);
        }

        yield return new RollBackRelease(_app, Undo + "release", _found!.Release.Id, _found.Release.Version, services.Heroku, options.Deadlines.Release);
    }

    private IEnumerable<IStep> DatabaseSteps()
    {
        if (Promotes)
        {
            yield return new PromoteDatabase(_app, Undo + "promote", _database!.Name, services.Heroku, services.Data, options.Deadlines.Release, services.Simulated.Databases);
            yield return new RepairAttachments(_app, Undo + "attachments", AttachmentsAfterPromotion(), services.Heroku);
        }
        else if (Released)
        {
            yield return new RepairAttachments(_app, Undo + "attachments", _found!.Attachments, services.Heroku);
        }
        else if (state.Find(CreateRollbackDatabase.StepName)?.BeforeAs<CreateRollbackDatabase.Before>() is { } created)
        {
            // Nothing was released, so nothing needs the database of the moment before.
            yield return new DestroyAddon(_app, Undo + "rollback-database", created.Name, services.Heroku);
        }
    }

    /// <summary>As found, save that <c>DATABASE</c> is the rollback database now.</summary>
    private Dictionary<string, string> AttachmentsAfterPromotion() =>
        new(_found!.Attachments) { ["DATABASE"] = _database!.Name };

    private IEnumerable<IStep> ConfigVarSteps()
    {
        if (ChangedConfigVars)
        {
            yield return new ChangeConfigVars(
                _app, Undo + "config-vars", $"Put back {string.Join(", ", _configVars.Names)}", _configVars.Values, services.Heroku, vault: null);
        }
    }

    private IEnumerable<IStep> OpeningSteps()
    {
        if ((Promotes && Workers.Count > 0) || Scaled)
        {
            yield return new ScaleDynos(_app, Undo + "formation", "Scale as found", _found!.Formation.Where(f => f.Key != "release").ToDictionary(), services.Heroku);
        }

        if (Released || ChangedConfigVars || ClosedApp)
        {
            yield return new SetMaintenance(_app, Undo + "maintenance", _found!.Maintenance ? "Leave the app closed, as it was found" : "Open the app to visitors again", _found.Maintenance, services.Heroku);
        }
    }
}
