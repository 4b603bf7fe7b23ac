namespace ReleaseTasks.Sandbox.Monitoring;

/// <summary>What Sentry was told. What it heard from the apps stands in their logs.</summary>
internal sealed class SentryState
{
    public long LastId { get; set; } = 5000;

    public List<SentryRelease> Releases { get; init; } = [];

    /// <summary>Issue id to the moment when somebody resolved it.</summary>
    public Dictionary<string, DateTimeOffset> Resolved { get; init; } = [];
}

internal sealed class SentryRelease
{
    public required long Id { get; init; }

    public required string Version { get; init; }

    public required List<string> Projects { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public string? Ref { get; set; }

    public DateTimeOffset? ReleasedAt { get; set; }

    public List<SentryDeploy> Deploys { get; init; } = [];
}

internal sealed record SentryDeploy(
    long Id, string Environment, string? Name, string? Url, DateTimeOffset? StartedAt, DateTimeOffset FinishedAt);
