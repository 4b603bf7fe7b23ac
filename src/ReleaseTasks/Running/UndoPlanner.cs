using ReleaseTasks.Journals;
using ReleaseTasks.Plans;
using ReleaseTasks.Steps;

namespace ReleaseTasks.Running;

/// <summary>Decides how a roll-out is undone: by what was found, what the journal says was done, and how the app stands now.</summary>
/// <param name="said">What the operator said becomes of the schema; null where that is left to what can be read.</param>
internal sealed class UndoPlanner(RunState state, AppState found, AppState now, RolloutPlan plan, ConfigVarOriginals originals, SchemaUndo? said)
{
    private readonly string? _database = state.Find(CreateRollbackDatabase.StepName)?.AfterAs<CreateRollbackDatabase.Created>()?.Name;

    /// <summary>Other code is current, by the roll-out's doing.</summary>
    private bool RollsCodeBack =>
        state.Steps.Any(step => step.Name == ReleaseCommit.StepName || step.Name.StartsWith(StepFactory.RollBackPrefix, StringComparison.Ordinal))
        && (found.Release.Slug is { } slug ? now.Release.Slug != slug : now.Release.Version != found.Release.Version);

    /// <summary>A release phase or a command of the plan's may have run.</summary>
    private bool MayHaveMigrated => state.Find(ReleaseCommit.StepName) is not null || state.Steps.Any(step => step.Name.StartsWith(StepFactory.RunPrefix, StringComparison.Ordinal));

    /// <summary>Null where one of the two revisions isn't known.</summary>
    private bool? SchemaChanged => !MayHaveMigrated ? false : (found.SchemaRevision, now.SchemaRevision) is ({ } was, { } current) ? was != current : null;

    /// <exception cref="RefusedException">The schema can't be brought back like this, or that can't be read.</exception>
    public UndoDecision Decide()
    {
        var schema = said is { } wanted ? Checked(wanted) : Computed();
        return new(RollsCodeBack, schema, found.SchemaRevision, [.. Restored()], schema == SchemaUndo.Promote ? [.. new DataLoss(state, found, now).Lines()] : []);
    }

    private SchemaUndo Computed() => SchemaChanged switch
    {
        false => SchemaUndo.Leave,
        true when _database is not null => SchemaUndo.Promote,
        true when plan.Rollback.Any(step => step.Work is Work.AlembicDowngrade) => Checked(SchemaUndo.Downgrade),
        true => throw Refused(
            $"its release migrated the database from {found.SchemaRevision} to {now.SchemaRevision}, and there is no rollback database. " +
            $"The code of v{found.Release.Version} doesn't know {now.SchemaRevision}: its release phase would fail.",
            $"--schema=downgrade runs alembic downgrade {found.SchemaRevision} first, with what that loses",
            RestoreByHand,
            "or release a correction forwards: with a new pull request"),

        // Without a rollback database there is no choice: should the old code not get on with the schema, its release phase will say so.
        null when _database is null => SchemaUndo.Leave,
        null => throw Refused(
            $"whether its release changed the schema can't be told: it was {Shown(found)}, it is {Shown(now)}.",
            $"--schema=promote makes {_database} the primary: old schema, old data",
            "--schema=leave keeps the database as it is"),
    };

    private SchemaUndo Checked(SchemaUndo wanted) => wanted switch
    {
        SchemaUndo.Promote when _database is null => throw Refused("it made no rollback database that could be promoted."),
        SchemaUndo.Downgrade when found.SchemaRevision is null => throw Refused($"the revision to downgrade to isn't known: {found.SchemaNote}."),
        SchemaUndo.Downgrade when !RollsCodeBack => throw Refused(
            $"v{now.Release.Version}, which is current, is the old code: it doesn't know {now.SchemaRevision} and can't downgrade from it.", RestoreByHand),
        SchemaUndo.Leave when SchemaChanged == true => throw Refused(
            $"the schema went from {found.SchemaRevision} to {now.SchemaRevision}, which the code of v{found.Release.Version} doesn't know: its release phase would fail.",
            "--schema=promote or --schema=downgrade"),
        _ => wanted,
    };

    private string RestoreByHand => state.Find(BackUpDatabase.StepName)?.AfterAs<BackUpDatabase.Backup>() is { } backup
        ? $"`heroku pg:backups:restore {backup.Name} DATABASE_URL --app {state.Start!.App}` brings back the backup, and loses all that was written since"
        : "restore a backup by hand: `heroku pg:backups --app " + state.Start!.App + "` lists them";

    private static string Shown(AppState app) => app.SchemaRevision ?? $"unknown ({app.SchemaNote})";

    private RefusedException Refused(string why, params string[] ways) => new(
        $"{state.Start!.Rollout} can't be rolled back like this: {why} Nothing was changed.{(ways.Length == 0 ? "" : " Choose:")}" +
        string.Concat(ways.Select(way => $"{Environment.NewLine}  {way}")));

    /// <summary>What the roll-out changed; and what its plan says to restore, because people or add-ons were to change it.</summary>
    private IEnumerable<string> Restored() => originals.Changed
        .Concat(plan.Rollback.Select(step => step.Work).OfType<Work.RestoreConfigVar>().Select(work => work.Name)
            .Where(name => originals.Has(name) && originals.HashOf(name) != now.ConfigVars.GetValueOrDefault(name)))
        .Distinct();
}
