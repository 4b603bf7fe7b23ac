namespace ReleaseTasks.Sandbox;

/// <summary>Which parts of a sandbox aren't real, because this machine lacks what they need.</summary>
/// <param name="Databases">There is no PostgreSQL: backups, rollback databases and promotions move no data.</param>
/// <param name="Migrations">There is no alembic for the app's processes: the release phase migrates nothing.</param>
public sealed record SimulatedParts(bool Databases, bool Migrations)
{
    /// <summary>Everything is real.</summary>
    public static SimulatedParts None { get; } = new(Databases: false, Migrations: false);
}
