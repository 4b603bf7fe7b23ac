namespace Cake.Heroku;

/// <param name="Unit">Such as <c>month</c>.</param>
public sealed record Price(int Cents, string Unit)
{
    /// <summary>The price is agreed with Heroku, <see cref="Cents"/> says nothing.</summary>
    public bool Contract { get; init; }
}
