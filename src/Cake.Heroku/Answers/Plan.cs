namespace Cake.Heroku;

/// <param name="Name">Service and plan, such as <c>heroku-postgresql:standard-0</c>.</param>
public sealed record Plan(string Name)
{
    public Price? Price { get; init; }
}
