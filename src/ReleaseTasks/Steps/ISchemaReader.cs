namespace ReleaseTasks.Steps;

/// <summary>Asks a database which alembic revision it is at.</summary>
internal interface ISchemaReader
{
    Task<SchemaReading> ReadAsync(string? databaseUrl, CancellationToken ct);
}

/// <param name="Revision">Null where it couldn't be asked.</param>
/// <param name="Note">Why not.</param>
internal sealed record SchemaReading(string? Revision, string? Note = null);
