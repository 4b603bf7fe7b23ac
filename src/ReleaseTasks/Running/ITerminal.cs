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
    private Task<string?>? _line;

    public bool HasPerson => !Console.IsInputRedirected && !Console.IsOutputRedirected && Environment.GetEnvironmentVariable("CI") is null or "" or "false";

    /// <summary>Nothing cancels a read from a terminal: who asks next gets the line that is still waited for.</summary>
    public Task<string?> ReadLineAsync(CancellationToken ct)
    {
        if (_line is not { IsCompleted: false })
        {
            _line = Task.Run(Console.ReadLine, ct);
        }

        return _line.WaitAsync(ct);
    }
}
