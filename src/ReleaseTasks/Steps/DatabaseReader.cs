using System.Globalization;
using Npgsql;

namespace ReleaseTasks.Steps;

/// <summary>Asks the database itself, read-only: alembic's revision, and what was ever written.</summary>
internal sealed class DatabaseReader : IDatabaseReader
{
    public async Task<DatabaseReading> ReadAsync(string? databaseUrl, CancellationToken ct)
    {
        if (databaseUrl is null || !Uri.TryCreate(databaseUrl, UriKind.Absolute, out var url))
        {
            return new(null, "the app has no DATABASE_URL");
        }

        try
        {
            await using var connection = new NpgsqlConnection(ConnectionString(url));
            await connection.OpenAsync(ct);
            var activity = Activity.Parse(await ReadLinesAsync(connection, Activity.Query, ct));
            return await ReadRevisionAsync(connection, ct) with { Activity = activity };
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException)
        {
            return new(null, "the database can't be reached from here");
        }
    }

    private static async Task<DatabaseReading> ReadRevisionAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        try
        {
            return await ReadLinesAsync(connection, "SELECT version_num FROM alembic_version", ct) is [var revision, ..] ? new(revision) : new(null, "alembic_version is empty");
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.UndefinedTable)
        {
            return new(null, "the database has no alembic_version");
        }
    }

    private static async Task<IReadOnlyList<string>> ReadLinesAsync(NpgsqlConnection connection, string query, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(query, connection);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var lines = new List<string>();
        while (await reader.ReadAsync(ct))
        {
            lines.Add(string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(column => Convert.ToString(reader.GetValue(column), CultureInfo.InvariantCulture))));
        }

        return lines;
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
