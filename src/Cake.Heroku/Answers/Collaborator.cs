namespace Cake.Heroku;

/// <summary>Somebody with access to an app.</summary>
public sealed record Collaborator(Person User)
{
    /// <summary><c>owner</c>, <c>admin</c>, <c>collaborator</c>, <c>member</c>; null for a personal app's collaborators.</summary>
    public string? Role { get; init; }

    /// <summary>Team apps only: <c>view</c>, <c>deploy</c>, <c>operate</c>, <c>manage</c>.</summary>
    public IReadOnlyList<Named> Permissions { get; init; } = [];
}
