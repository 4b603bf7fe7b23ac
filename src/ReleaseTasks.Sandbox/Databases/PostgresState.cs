using System.Collections.Immutable;
using System.Security.Cryptography;

namespace ReleaseTasks.Sandbox.Databases;

/// <summary>What the engine remembers between two runs of the sandbox. A database is in it once it is complete.</summary>
internal sealed class PostgresState
{
    /// <summary>Where the clusters are: below the sandbox's folder, or where the user that runs them can work.</summary>
    public string? Folder { get; set; }

    public ClusterTemplate? Template { get; set; }

    /// <summary>Replaced whole, so that it can be read while a database is being made.</summary>
    public ImmutableDictionary<string, ClusterRecord> Databases { get; set; } = ImmutableDictionary<string, ClusterRecord>.Empty;
}

/// <summary>A cluster that was only initialised, which new ones are copied from: a copy takes a tenth of an initdb.</summary>
/// <param name="Version">The PostgreSQL that made it.</param>
/// <param name="AdminPassword">The superuser's.</param>
internal sealed record ClusterTemplate(string Version, string AdminPassword);

/// <summary>How to reach a database.</summary>
/// <param name="BaseAt">When its base backup was complete: a point in time to recover can't be earlier.</param>
/// <param name="Leader">The database that it follows; a follower has no base backup.</param>
internal sealed record ClusterRecord(int Port, Credentials Credentials, string AdminPassword, DateTimeOffset BaseAt, string? Leader = null);

/// <summary>A database's name and its user, shaped as Heroku's are.</summary>
internal sealed record Credentials(string Database, string User, string Password)
{
    public static Credentials New() => new($"d{Random(13)}", $"u{Random(13)}", $"p{NewPassword()}");

    public static string NewPassword() => RandomNumberGenerator.GetHexString(64, lowercase: true);

    public override string ToString() => $"{User} of {Database}";

    private static string Random(int length) =>
        RandomNumberGenerator.GetString("abcdefghijklmnopqrstuvwxyz0123456789", length);
}
