using ReleaseTasks.Sandbox.Processes;

namespace ReleaseTasks.Sandbox.Tests.Databases;

/// <summary>An app's own view of its database: through its URL, and nothing else.</summary>
internal sealed class Psql(Uri url, bool insistsOnTls = false)
{
    private readonly Dictionary<string, string> _login = new()
    {
        ["PGHOST"] = url.Host,
        ["PGPORT"] = $"{url.Port}",
        ["PGUSER"] = url.UserInfo.Split(':')[0],
        ["PGPASSWORD"] = url.UserInfo.Split(':')[1],
        ["PGDATABASE"] = url.AbsolutePath.Trim('/'),
        ["PGSSLMODE"] = insistsOnTls ? "require" : "prefer",
    };

    public Task<string> RunAsync(string sql) => Tool.RunAsync(["psql", "-XAtq", "-v", "ON_ERROR_STOP=1"], _login, sql, CancellationToken.None);

    public async Task<string> DumpAsync() =>
        string.Join('\n', (await Tool.RunAsync(["pg_dump"], _login, "", CancellationToken.None)).Split('\n').Where(line => !line.StartsWith('\\')));
}
