namespace ReleaseTasks.Sandbox.Heroku.World;

/// <summary>Someone besides the owner who may deploy, configure and roll back an app.</summary>
internal sealed class Collaborator
{
    public Guid Id { get; set; } = Guid.NewGuid();

    public required Guid User { get; set; }

    public required DateTimeOffset CreatedAt { get; set; }
}
