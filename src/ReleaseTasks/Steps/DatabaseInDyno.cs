using System.Text.RegularExpressions;

namespace ReleaseTasks.Steps;

/// <summary>
/// Asks a database that can't be reached from here: the app asks it, in a one-off dyno. Alembic must answer, for the rollback depends on its
/// revision; without <c>psql</c> there are only no figures.
/// </summary>
/// <param name="variable">The config var that holds the database's address.</param>
internal sealed partial class DatabaseInDyno(MarkedRun run, string variable = DatabaseInDyno.Primary)
{
    public const string Primary = "DATABASE_URL";

    // The address goes to psql by its parts and through the environment: arguments can be seen in the dyno's list of processes.
    private const string Script = $$"""
        export {{Primary}}=${!0}
        alembic current || exit
        url=${DATABASE_URL#*://} account=${DATABASE_URL#*://}
        account=${account%%@*} url=${url#*@}
        server=${url%%/*} database=${url#*/}
        export PGUSER=${account%%:*} PGPASSWORD=${account#*:} PGHOST=${server%%:*} PGPORT=${server##*:} PGDATABASE=${database%%\?*} PGCONNECT_TIMEOUT=10
        psql -XAtq -F '|' -c "{{Activity.Query}}" 2>/dev/null || true
        """;

    /// <summary>A command that meets another of the app's databases as its primary.</summary>
    public static string[] With(string variable, params IEnumerable<string> command) =>
        ["bash", "-c", $"export {Primary}=${{!0}}; exec \"$@\"", variable, .. command];

    public Task StartAsync(CancellationToken ct) => run.StartAsync(["bash", "-c", Script, variable], ct);

    /// <summary>Null while there is no answer.</summary>
    public async Task<DatabaseReading?> FindAsync(CancellationToken ct) => await run.FindAsync(ct) switch
    {
        { ExitStatus: 0 } ending => new(RevisionIn(ending.Output), "alembic current names none", Activity.Parse(ending.Output)),
        { ExitStatus: var status } => new(null, $"alembic current ended with exit status {status}"),
        null => null,
    };

    private static string? RevisionIn(IEnumerable<string> output) =>
        output.Select(line => Revision().Match(line)).LastOrDefault(match => match.Success)?.Groups["revision"].Value;

    [GeneratedRegex(@"^(?<revision>[0-9A-Za-z_]+)( \(head\))?$")]
    private static partial Regex Revision();
}
