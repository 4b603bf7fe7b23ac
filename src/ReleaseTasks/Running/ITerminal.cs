namespace ReleaseTasks.Running;

/// <summary>The person in front of the program, where there is one.</summary>
internal interface ITerminal
{
    /// <summary>False in CI, and where input or output are files or pipes: nobody would read a question.</summary>
    bool HasPerson { get; }

    /// <summary>One line; null at the end of the input.</summary>
    Task<string?> ReadLineAsync(CancellationToken ct);
}

/// <summary>The terminal that the program was started from.</summary>
internal sealed class OwnTerminal : ITerminal
{
    public bool HasPerson => !Console.IsInputRedirected && !Console.IsOutputRedirected && Environment.GetEnvironmentVariable("CI") is null or "" or "false";

    // Nothing cancels a read from a terminal: the thread that waits ends with the process.
    public Task<string?> ReadLineAsync(CancellationToken ct) => Task.Run(Console.ReadLine, ct).WaitAsync(ct);
}
