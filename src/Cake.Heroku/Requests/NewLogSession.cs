namespace Cake.Heroku;

public sealed record NewLogSession
{
    /// <summary>How many lines of the past. Heroku keeps 1,500. Default: 100.</summary>
    public int Lines { get; init; } = 100;

    /// <summary>Go on with new lines as they come.</summary>
    public bool Tail { get; init; }

    /// <summary><c>app</c> or <c>heroku</c>; null for both.</summary>
    public string? Source { get; init; }

    /// <summary>A dyno such as <c>web.1</c>, or a process type.</summary>
    public string? Dyno { get; init; }
}
