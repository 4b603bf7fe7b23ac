using System.Text.Json;
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

    /// <summary>The add-on that is the primary database afterwards; null where none was found.</summary>
    public string? Primary { get; init; }

    /// <summary>The add-on that is the primary until then; null where it stays the primary.</summary>
    public string? Abandons { get; init; }

    /// <summary>
    /// The add-on that gets <c>DATABASE</c> back before anything else, because a promotion was cut in half; null where there is a
    /// primary.
    /// </summary>
    public string? Reattaches { get; init; }

    /// <summary>The rollback database that nobody needs any more; null where there is none, or it is kept.</summary>
    public string? Destroys { get; init; }

    /// <summary>How the app is to stand afterwards: as it was found, with what others have done to it since.</summary>
    public JsonElement? Wanted { get; init; }

    /// <summary>Where <see cref="Wanted"/> is whole; null where it is so here.</summary>
    public string? WholeWanted { get; init; }

    /// <exception cref="JournalException">It is masked here.</exception>
    public T? WantedAs<T>()
        where T : class =>
        WholeWanted is not null ? throw JournalException.NotWhole("how the app is to stand after the rollback")
        : Wanted is { } wanted ? JournalFormat.FromElement<T>(wanted)
        : null;

    /// <summary>As it is written: without secrets, and what the rollback goes on by is whole elsewhere.</summary>
    internal UndoDecision Masked(Masking masking)
    {
        if (Wanted is not { } wanted)
        {
            return this;
        }

        var (shown, reference) = masking.Mask(wanted);
        return this with { Wanted = shown, WholeWanted = reference };
    }

    internal UndoDecision Whole(Unmasked unmasked) =>
        WholeWanted is { } reference && unmasked.Find(reference) is { } wanted
            ? this with { Wanted = JsonElement.Parse(wanted), WholeWanted = null }
            : this;
}

/// <summary>How a schema goes back.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<SchemaUndo>))]
internal enum SchemaUndo
{
    /// <summary>It stays: the database that was found has the schema that was found.</summary>
    Leave,

    /// <summary>The rollback database, which has the old schema, becomes the primary.</summary>
    Promote,

    /// <summary><c>alembic downgrade</c> of the database that was found, by the new code, before that goes.</summary>
    Downgrade,
}
