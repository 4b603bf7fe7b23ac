namespace Cake.Heroku;

public sealed record FormationChange(IReadOnlyList<FormationUpdate> Updates);

/// <param name="Type">The process type, such as <c>web</c>.</param>
public sealed record FormationUpdate(string Type)
{
    /// <summary>Null: as it is.</summary>
    public int? Quantity { get; init; }

    /// <summary>Such as <c>standard-1x</c>. Null: as it is.</summary>
    public string? Size { get; init; }
}
