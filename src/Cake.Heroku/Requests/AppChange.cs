namespace Cake.Heroku;

/// <summary>What is null stays as it is.</summary>
public sealed record AppChange
{
    public bool? Maintenance { get; init; }
}
