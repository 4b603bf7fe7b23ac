using Cake.Heroku;

namespace ReleaseTasks.Steps;

/// <summary>How an app stands, as far as a roll-out can change it. Goes into the journal: config vars by the hash of their value alone.</summary>
internal sealed record AppState
{
    public const string PrimaryName = "DATABASE";

    public required ReleaseState Release { get; init; }

    public required bool Maintenance { get; init; }

    /// <summary>Process types and how many dynos of each.</summary>
    public required IReadOnlyDictionary<string, int> Formation { get; init; }

    /// <summary>Whether new releases run a release phase: the Procfile has a <c>release</c> process.</summary>
    public required bool HasReleasePhase { get; init; }

    /// <summary>Attachment name to add-on name: what <c>DATABASE</c> stands for.</summary>
    public required IReadOnlyDictionary<string, string> Attachments { get; init; }

    /// <summary>Name to hash of the value.</summary>
    public required IReadOnlyDictionary<string, string> ConfigVars { get; init; }

    /// <summary>Names of the config vars that add-ons set: their values are the add-ons' business.</summary>
    public IReadOnlyList<string> AttachedVars { get; init; } = [];

    /// <summary>Attachments without their config vars, as a code rollback may leave them.</summary>
    public IReadOnlyList<string> Stripped { get; init; } = [];

    /// <summary>The revision that <c>alembic_version</c> holds; null where it couldn't be asked, and <see cref="SchemaNote"/> says why.</summary>
    public string? SchemaRevision { get; init; }

    public string? SchemaNote { get; init; }

    /// <summary>What was ever written to the primary database; null where it couldn't be asked.</summary>
    public Activity? Activity { get; init; }

    /// <summary>The add-on that is the primary database; null where there is none.</summary>
    internal string? Primary => Attachments.GetValueOrDefault(PrimaryName);

    /// <summary>Only a release phase makes the revision matter, and only what the database itself didn't tell has to be asked.</summary>
    internal bool MustAskApp => this is { HasReleasePhase: true, SchemaRevision: null };

    internal AppState With(DatabaseReading database) => this with { SchemaRevision = database.Revision, SchemaNote = database.Note, Activity = database.Activity };

    /// <summary>One line for people.</summary>
    public string Summary =>
        $"release v{Release.Version}, {(Maintenance ? "in maintenance" : "open")}, {string.Join(" ", Formation.Where(f => f.Value > 0).Select(f => $"{f.Key}={f.Value}"))}, " +
        $"{ConfigVars.Count} config vars, schema {SchemaRevision ?? $"unknown ({SchemaNote})"}";
}

/// <param name="Slug">Null where no code was deployed, and in the journals of earlier versions.</param>
internal sealed record ReleaseState(HerokuId<Release> Id, int Version, string Description, HerokuId<Slug>? Slug = null);
