using Npgsql;

namespace ReleaseTasks.Steps;

/// <summary>Asks the database itself, read-only: <c>SELECT version_num FROM alembic_version</c>.</summary>
internal sealed class SchemaReader : ISchemaReader
{
    public async Task<SchemaReading> ReadAsync(string? databaseUrl, CancellationToken ct)
    {
        if (databaseUrl is null || !Uri.TryCreate(databaseUrl, UriKind.Absolute, out var url))
        {
            return new(null, "the app has no DATABASE_URL");
        }

        try
        {
            await using var connection = new NpgsqlConnection(ConnectionString(url));
            await connection.OpenAsync(ct);
            await using var command = new NpgsqlCommand("SELECT version_num FROM alembic_version", connection);
            return await command.ExecuteScalarAsync(ct) is string revision ? new(revision) : new(null, "alembic_version is empty");
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.UndefinedTable)
        {
            return new(null, "the database has no alembic_version");
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException)
        {
            return new(null, "the database can't be reached from here");
        }
    }

    /// <summary>Encrypted wherever the connection leaves this machine, as Heroku asks.</summary>
    private static string ConnectionString(Uri url)
    {
        var account = url.UserInfo.Split(':', 2);
        return new NpgsqlConnectionStringBuilder
        {
            Host = url.Host,
            Port = url.IsDefaultPort || url.Port < 0 ? 5432 : url.Port,
            Username = Uri.UnescapeDataString(account[0]),
            Password = account.Length > 1 ? Uri.UnescapeDataString(account[1]) : null,
            Database = url.AbsolutePath.TrimStart('/'),
            SslMode = url.IsLoopback ? SslMode.Prefer : SslMode.Require,
            Timeout = 5,
            CommandTimeout = 10,
            Pooling = false,
            ApplicationName = "ReleaseTasks",
        }.ConnectionString;
    }
}
