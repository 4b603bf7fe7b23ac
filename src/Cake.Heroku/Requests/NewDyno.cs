namespace Cake.Heroku;

/// <param name="Command">Run by a shell in the dyno.</param>
public sealed record NewDyno(string Command)
{
    /// <summary>Its terminal waits at <see cref="Dyno.AttachUrl"/>, rather than its output going to the log.</summary>
    public bool Attach { get; init; }

    public IReadOnlyDictionary<string, string>? Env { get; init; }

    /// <summary>An attached dyno gets no terminal, just a stream.</summary>
    public bool? ForceNoTty { get; init; }

    /// <summary>Such as <c>standard-1x</c>.</summary>
    public string? Size { get; init; }

    /// <summary>Default: <c>run</c>.</summary>
    public string? Type { get; init; }

    /// <summary>Seconds after which Heroku stops it.</summary>
    public int? TimeToLive { get; init; }
}
