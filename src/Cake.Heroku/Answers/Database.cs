using System.Globalization;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace Cake.Heroku;

public sealed partial record Database(HerokuId<Addon> AddonId, string Name, string Plan)
{
    /// <summary>Its address, password included; null until there is one.</summary>
    public SecretUrl? ResourceUrl { get; init; }

    /// <summary>The database that this one follows, by its address; null when it follows none.</summary>
    public SecretUrl? Following { get; init; }

    [JsonPropertyName("waiting?")]
    public bool IsWaiting { get; init; }

    public long NumBytes { get; init; }

    /// <summary>What <c>heroku pg:info</c> shows: rows for people.</summary>
    public IReadOnlyList<DatabaseInfo> Info { get; init; } = [];

    /// <summary>
    /// The first moment that a rollback can go back to; null where the plan has none, or none yet. Heroku tells it in minutes.
    /// </summary>
    [JsonIgnore]
    public DateTimeOffset? EarliestRollback =>
        EarliestFrom().Match(InfoOf("Rollback") ?? "") is { Success: true } match
            ? DateTimeOffset.Parse(match.Groups["time"].Value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal)
            : null;

    /// <summary>The row of that name in <see cref="Info"/>, such as <c>Status</c> or <c>PG Version</c>.</summary>
    public string? InfoOf(string name) => Info.FirstOrDefault(row => row.Name == name) is { Values: [var first, ..] } ? first : null;

    [GeneratedRegex(@"^earliest from (?<time>\d{4}-\d\d-\d\d \d\d:\d\d(:\d\d)?) UTC$")]
    private static partial Regex EarliestFrom();
}

/// <summary>One row; its values may hold database URLs, so its text shows the name alone.</summary>
public sealed record DatabaseInfo(string Name, IReadOnlyList<string> Values)
{
    public override string ToString() => Name;
}
