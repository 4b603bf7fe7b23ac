namespace ReleaseTasks.Sandbox.Heroku.World;

/// <summary>How many dynos of which size run a process type.</summary>
internal sealed class ProcessType
{
    public Guid Id { get; set; } = Guid.NewGuid();

    public required string Type { get; set; }

    public required string Command { get; set; }

    public int Quantity { get; set; }

    public string Size { get; set; } = "Standard-1X";

    public DateTimeOffset CreatedAt { get; set; }

    public DateTimeOffset UpdatedAt { get; set; }
}
