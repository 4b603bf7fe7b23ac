using System.Text.Json.Serialization;

namespace ReleaseTasks.Journals;

/// <summary>
/// How a rollback goes about it. Decided once, by what was read before it changed anything: a resumed rollback, which finds its own half-done
/// work, must not decide again.
/// </summary>
/// <param name="RollsCodeBack">Other code than the one found is current.</param>
/// <param name="Schema">What becomes of the database's schema.</param>
/// <param name="FoundRevision">The schema's revision when the roll-out began; null where it isn't known.</param>
/// <param name="Restores">The config vars that are put back.</param>
/// <param name="Losses">What is lost, in lines for people.</param>
internal sealed record UndoDecision(bool RollsCodeBack, SchemaUndo Schema, string? FoundRevision, IReadOnlyList<string> Restores, IReadOnlyList<string> Losses)
{
    public static UndoDecision Nothing { get; } = new(false, SchemaUndo.Leave, null, [], []);
}

/// <summary>How a schema goes back.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<SchemaUndo>))]
internal enum SchemaUndo
{
    /// <summary>It stays: it is as it was found.</summary>
    Leave,

    /// <summary>The rollback database, which has the old schema, becomes the primary.</summary>
    Promote,

    /// <summary><c>alembic downgrade</c>, by the new code, before that goes.</summary>
    Downgrade,
}
