namespace ReleaseTasks.Steps;

/// <summary>Asks a database how it stands; changes nothing.</summary>
internal interface IDatabaseReader
{
    Task<DatabaseReading> ReadAsync(string? databaseUrl, CancellationToken ct);
}

/// <param name="Revision">Alembic's; null where it couldn't be asked, or there is none.</param>
/// <param name="Note">Why not.</param>
/// <param name="Activity">Null where it couldn't be asked.</param>
internal sealed record DatabaseReading(string? Revision, string? Note = null, Activity? Activity = null);
