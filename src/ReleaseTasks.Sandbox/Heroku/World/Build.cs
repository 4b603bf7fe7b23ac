using System.Text.Json.Serialization;

namespace ReleaseTasks.Sandbox.Heroku.World;

internal sealed class Build
{
    public Guid Id { get; set; } = Guid.NewGuid();

    public required Guid User { get; set; }

    public required string SourceUrl { get; set; }

    public string? Version { get; set; }

    public string? Checksum { get; set; }

    public string Stack { get; set; } = Heroku.Stack.Default;

    public BuildStatus Status { get; set; }

    public Guid? Slug { get; set; }

    public Guid? Release { get; set; }

    public required DateTimeOffset CreatedAt { get; set; }

    public DateTimeOffset UpdatedAt { get; set; }
}

[JsonConverter(typeof(JsonStringEnumConverter<BuildStatus>))]
internal enum BuildStatus
{
    Pending,
    Succeeded,
    Failed,
}
