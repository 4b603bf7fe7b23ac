using ReleaseTasks.Journals;
using ReleaseTasks.Plans;
using ReleaseTasks.Steps;

namespace ReleaseTasks.Running;

/// <summary>Decides how a roll-out is undone: by what was found, what the journal says was done, and how the app stands now.</summary>
/// <param name="databases">By add-on, the revision now of each database that may be the primary afterwards.</param>
/// <param name="isInUse">Whether somebody uses the rollback database.</param>
/// <param name="said">What the operator said becomes of the schema; null where that is left to what can be read.</param>
internal sealed class UndoPlanner(
    RunState state, AppState found, AppState now, IReadOnlyDictionary<string, DatabaseReading> databases, bool isInUse, RolloutPlan plan,
    ConfigVarOriginals originals, SchemaUndo? said)
{
    private readonly Primaries _primaries = new(state, found);
    private readonly CreateRollbackDatabase.Before? _ordered =
        state.Find(CreateRollbackDatabase.StepName)?.BeforeAs<CreateRollbackDatabase.Before>();
    private readonly string? _database = state.Find(CreateRollbackDatabase.StepName)?.AfterAs<CreateRollbackDatabase.Created>()?.Name;

    /// <summary>Other code is current, by the roll-out's doing.</summary>
    private bool RollsCodeBack =>
        state.Steps.Any(step => step.Name == ReleaseCommit.StepName || step.Name.StartsWith(StepFactory.RollBackPrefix, StringComparison.Ordinal))
        && (found.Release.Slug is { } slug ? now.Release.Slug != slug : now.Release.Version != found.Release.Version);

    /// <summary>The primary; where a promotion was cut in half, what it was before.</summary>
    private string? Current => now.Primary ?? _primaries.BeforeTheLast;

    /// <exception cref="RefusedException">The schema can't be brought back like this, or that can't be read.</exception>
    public UndoDecision Decide()
    {
        var schema = said is { } wanted ? Checked(wanted) : Computed();
        var primary = schema == SchemaUndo.Promote ? _database : found.Primary;
        var restores = Restored().ToList();
        var losses = new DataLoss(state, found, now).Lines(schema, primary, Current);
        return new(RollsCodeBack, schema, found.SchemaRevision, restores, [.. losses])
        {
            Primary = primary,
            Abandons = primary is not null && primary != Current ? Current : null,
            Reattaches = primary is not null && now.Primary is null ? Current : null,
            Destroys = Destroyed(primary),
            Wanted = JournalFormat.ToElement(Wanted(primary, restores)),
        };
    }

    private SchemaUndo Computed() => ChangedIn(found.Primary) switch
    {
        false => SchemaUndo.Leave,
        true when _database is not null => Checked(SchemaUndo.Promote),
        true when plan.Rollback.Any(step => step.Work is Work.AlembicDowngrade) => Checked(SchemaUndo.Downgrade),
        true => throw Refused(
            $"its release migrated the database from {found.SchemaRevision} to {RevisionOf(found.Primary)}, and there is no rollback " +
            $"database. " +
            $"The code of v{found.Release.Version} doesn't know {RevisionOf(found.Primary)}: its release phase would fail.",
            $"--schema=downgrade runs alembic downgrade {found.SchemaRevision} first, with what that loses",
            RestoreByHand,
            "or release a correction forwards: with a new pull request"),

        // Without a rollback database there is no choice: should the old code not get on with the schema, its release phase will say so.
        null when _database is null => SchemaUndo.Leave,
        null => throw Refused(
            $"whether its release changed the schema can't be told: it was {Shown(found.SchemaRevision, found.SchemaNote)}, it is " +
            $"{Shown(RevisionOf(found.Primary), Reading(found.Primary)?.Note)}.",
            $"--schema=promote makes {_database} the primary: old schema, old data",
            found.Primary == Current
                ? "--schema=leave keeps the database as it is"
                : $"--schema=leave makes {found.Primary} the primary, as it was found"),
    };

    private SchemaUndo Checked(SchemaUndo wanted) => wanted switch
    {
        SchemaUndo.Promote when _database is null => throw Refused("it made no rollback database that could be promoted."),
        SchemaUndo.Promote when ChangedIn(_database) == true => throw Refused(
            $"{_database}, the rollback database, was the primary while the new code ran: it was migrated from {found.SchemaRevision} " +
            $"to {RevisionOf(_database)} too.",
            $"--schema=downgrade runs alembic downgrade {found.SchemaRevision} on {found.Primary}, with what that loses",
            RestoreByHand),
        SchemaUndo.Downgrade when found.SchemaRevision is null => throw Refused($"the revision to downgrade to isn't known: {found.SchemaNote}."),
        SchemaUndo.Downgrade when !RollsCodeBack => throw Refused(
            $"v{now.Release.Version}, which is current, is the old code: it doesn't know {RevisionOf(found.Primary)} and can't " +
            $"downgrade from it.", RestoreByHand),
        SchemaUndo.Leave when ChangedIn(found.Primary) == true => throw Refused(
            $"the schema went from {found.SchemaRevision} to {RevisionOf(found.Primary)}, which the code of v{found.Release.Version} " +
            $"doesn't know: its release phase would fail.",
            "--schema=promote or --schema=downgrade"),
        SchemaUndo.Leave or SchemaUndo.Promote or SchemaUndo.Downgrade => wanted,
        _ => throw new InvalidOperationException($"{wanted} is no way of a schema."),
    };

    /// <summary>Null where one of the two revisions isn't known.</summary>
    private bool? ChangedIn(string? addon) =>
        addon is null || !_primaries.MayHaveMigrated(addon) ? false
        : (found.SchemaRevision, RevisionOf(addon)) is ({ } was, { } current) ? was != current : null;

    private string? RevisionOf(string? addon) => Reading(addon)?.Revision;

    private DatabaseReading? Reading(string? addon) => addon is null ? null : databases.GetValueOrDefault(addon);

    /// <summary>Nothing was released and it never was the primary, so nothing needs the database of the moment before.</summary>
    private string? Destroyed(string? primary)
    {
        var wasNeeded = state.Find(ReleaseCommit.StepName) is not null || isInUse;
        return !wasNeeded && _ordered is { Name: var name } && name != primary && _primaries.PromotedAt(name) is null ? name : null;
    }

    /// <summary>What this roll-out changed as it was found, the rest as it is: what others did since stays.</summary>
    private AppState Wanted(string? primary, IReadOnlyList<string> restores)
    {
        var attached = found.AttachedVars.Union(now.AttachedVars).ToList();
        var configVars = (RollsCodeBack ? found : now).ConfigVars
            .Where(v => !attached.Contains(v.Key) && !restores.Contains(v.Key))
            .ToDictionary();
        foreach (var name in restores.Where(name => originals.HashOf(name) is not null))
        {
            configVars[name] = originals.HashOf(name)!;
        }

        var attachments = now.Attachments.Where(a => a.Key != AppState.PrimaryName && a.Value != Destroyed(primary)).ToDictionary();
        if (primary is not null)
        {
            attachments[AppState.PrimaryName] = primary;
        }

        return found with
        {
            Release = RollsCodeBack ? found.Release : now.Release,
            Attachments = attachments,
            AttachedVars = attached,
            ConfigVars = configVars,
            Activity = null,
        };
    }

    /// <summary>The release that was found is from before the key of journals, or has a former one.</summary>
    private bool LosesKey =>
        RollsCodeBack
        && originals.Has(JournalKey.ConfigVar)
        && originals.HashOf(JournalKey.ConfigVar) != found.ConfigVars.GetValueOrDefault(JournalKey.ConfigVar);

    private string RestoreByHand => state.Find(BackUpDatabase.StepName)?.AfterAs<BackUpDatabase.Backup>() is { } backup
        ? $"`heroku pg:backups:restore {backup.Name} DATABASE_URL --app {state.Start!.App}` brings back the backup, and loses all that was written since"
        : "restore a backup by hand: `heroku pg:backups --app " + state.Start!.App + "` lists them";

    private static string Shown(string? revision, string? note) => revision ?? $"unknown ({note})";

    private RefusedException Refused(string why, params string[] ways) => new(
        $"{state.Start!.Rollout} can't be rolled back like this: {why} Nothing was changed.{(ways.Length == 0 ? "" : " Choose:")}" +
        string.Concat(ways.Select(way => $"{Environment.NewLine}  {way}")));

    /// <summary>What the roll-out changed; and what its plan says to restore, because people or add-ons were to change it.</summary>
    private IEnumerable<string> Restored() => originals.Changed
        .Concat(plan.Rollback.Select(step => step.Work).OfType<Work.RestoreConfigVar>().Select(work => work.Name)
            .Where(name => originals.Has(name) && originals.HashOf(name) != now.ConfigVars.GetValueOrDefault(name)))
        .Concat(LosesKey ? [JournalKey.ConfigVar] : [])
        .Except(found.AttachedVars)
        .Distinct();
}
