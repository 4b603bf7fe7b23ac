namespace ReleaseTasks.Sandbox.Heroku.World;

/// <summary>Who is told of what happens to an app.</summary>
internal sealed class Webhook
{
    public Guid Id { get; set; } = Guid.NewGuid();

    public required string Url { get; set; }

    /// <summary><c>api:release</c>, <c>dyno</c> …</summary>
    public required List<string> Include { get; set; }

    /// <summary><c>notify</c> or <c>sync</c>.</summary>
    public required string Level { get; set; }

    public required DateTimeOffset CreatedAt { get; set; }

    public DateTimeOffset UpdatedAt { get; set; }
}
