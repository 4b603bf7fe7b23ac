namespace ReleaseTasks.Sandbox.Heroku.World;

/// <summary>A host name of its owner's that leads to an app. The one that Heroku gives every app isn't among them.</summary>
internal sealed class Domain
{
    public Guid Id { get; set; } = Guid.NewGuid();

    /// <summary><c>www.example.com</c></summary>
    public required string Hostname { get; set; }

    public required DateTimeOffset CreatedAt { get; set; }
}
