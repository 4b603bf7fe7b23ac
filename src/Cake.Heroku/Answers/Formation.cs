namespace Cake.Heroku;

/// <summary>How many dynos of one process type there should be.</summary>
public sealed record Formation(string Type, int Quantity, string Size)
{
    public string? Command { get; init; }
}
