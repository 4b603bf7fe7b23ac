using System.Text.Json.Serialization;

namespace ReleaseTasks.Sandbox.Heroku.World;

internal sealed class AddOn
{
    public Guid Id { get; set; } = Guid.NewGuid();

    /// <summary><c>postgresql-{word}-{digits}</c>, unless a name was asked for; a database is known by it, too.</summary>
    public required string Name { get; set; }

    /// <summary>The billed app.</summary>
    public required Guid App { get; set; }

    /// <summary><c>heroku-postgresql:standard-0</c></summary>
    public required string Plan { get; set; }

    public required AddOnState State { get; set; }

    /// <summary>What it was created with: <c>rollback</c>, <c>to</c>, <c>by</c>, <c>fork</c>, <c>follow</c>.</summary>
    public Dictionary<string, string> Options { get; set; } = [];

    /// <summary>The add-on's values by the suffix of their config var (<c>URL</c>), once it's provisioned.</summary>
    public Dictionary<string, string> Vars { get; set; } = [];

    /// <summary>The database that it was forked from or rolled back, or follows.</summary>
    public Guid? Source { get; set; }

    public bool Follows { get; set; }

    /// <summary>Where a rollback database was asked to go back to.</summary>
    public DateTimeOffset? RolledBackTo { get; set; }

    /// <summary>A database's.</summary>
    public List<BackupSchedule> Schedules { get; set; } = [];

    public required DateTimeOffset CreatedAt { get; set; }

    public DateTimeOffset UpdatedAt { get; set; }

    /// <summary>When the data service calls the database available, which can be after <c>provisioned</c>; null while it isn't.</summary>
    public DateTimeOffset? AvailableAt { get; set; }
}

[JsonConverter(typeof(JsonStringEnumConverter<AddOnState>))]
internal enum AddOnState
{
    Provisioning,
    Provisioned,
    Deprovisioned,
}
