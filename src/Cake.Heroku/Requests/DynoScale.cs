namespace Cake.Heroku;

/// <summary>What is null stays as it is.</summary>
public sealed record DynoScale
{
    public int? Quantity { get; init; }

    /// <summary>Such as <c>standard-1x</c>.</summary>
    public string? Size { get; init; }
}
