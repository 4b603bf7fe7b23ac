namespace ReleaseTasks.Sandbox.Heroku.World;

/// <summary>Where an app's log is sent to.</summary>
internal sealed class Drain
{
    public Guid Id { get; set; } = Guid.NewGuid();

    public required string Url { get; set; }

    public string Token { get; set; } = $"d.{Guid.NewGuid()}";

    public required DateTimeOffset CreatedAt { get; set; }
}
