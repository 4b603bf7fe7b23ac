namespace ReleaseTasks.Sandbox.Heroku.World;

/// <summary>When a database is backed up every day.</summary>
internal sealed class BackupSchedule
{
    public Guid Id { get; set; } = Guid.NewGuid();

    /// <summary>The database's config var at the time: <c>DATABASE_URL</c>.</summary>
    public required string Name { get; set; }

    public int Hour { get; set; }

    /// <summary><c>UTC</c>, <c>Europe/Paris</c></summary>
    public required string TimeZone { get; set; }

    public required DateTimeOffset CreatedAt { get; set; }

    public DateTimeOffset UpdatedAt { get; set; }
}
