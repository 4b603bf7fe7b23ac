namespace Cake.Heroku;

/// <summary>A thing of which Heroku tells no more than its name: a team, a region, a stack.</summary>
public sealed record Named(string Name);
