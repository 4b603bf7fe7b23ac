namespace ReleaseTasks.Sandbox.Dynos;

/// <summary>Runs an app's processes. Standard output and error are one stream of lines, as on Heroku.</summary>
internal interface IDynos : IAsyncDisposable
{
    /// <summary>What is missing for real dynos, in one line; null when they are real.</summary>
    string? Notice { get; }

    /// <summary>Runs a one-off dyno, such as the release phase, to its end. Cancelling stops it.</summary>
    /// <returns>Its exit status; 128 plus the signal where one ended it.</returns>
    Task<int> RunAsync(DynoStart start, Action<string> output, CancellationToken ct);

    /// <summary>Runs a one-off dyno on a terminal, to its end. Cancelling stops it.</summary>
    /// <returns>Its exit status; 128 plus the signal where one ended it.</returns>
    Task<int> RunAttachedAsync(DynoStart start, Terminal terminal, CancellationToken ct);

    /// <summary>Starts a dyno that is meant to stay. A web dyno is returned when it listens, or has ended without.</summary>
    Task<IDyno> StartAsync(DynoStart start, Action<string> output, CancellationToken ct);
}
