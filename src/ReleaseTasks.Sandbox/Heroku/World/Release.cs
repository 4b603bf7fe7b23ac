using System.Text.Json.Serialization;

namespace ReleaseTasks.Sandbox.Heroku.World;

/// <summary>A slug and config vars with a version.</summary>
internal sealed class Release
{
    public Guid Id { get; set; } = Guid.NewGuid();

    public required int Version { get; set; }

    public required string Description { get; set; }

    public required Guid User { get; set; }

    public Guid? Slug { get; set; }

    public required SortedDictionary<string, string> ConfigVars { get; set; }

    public List<string> Plans { get; set; } = [];

    public required ReleaseStatus Status { get; set; }

    /// <summary>Whether a release phase ran, or runs, whose output can be read.</summary>
    public bool HasOutput { get; set; }

    public required DateTimeOffset CreatedAt { get; set; }

    public DateTimeOffset UpdatedAt { get; set; }
}

[JsonConverter(typeof(JsonStringEnumConverter<ReleaseStatus>))]
internal enum ReleaseStatus
{
    Pending,
    Succeeded,
    Failed,

    /// <summary>It succeeded, and its slug is no longer kept: there's no way back to it.</summary>
    Expired,
}
