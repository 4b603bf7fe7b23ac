namespace ReleaseTasks.Running;

/// <summary>The person at the keyboard.</summary>
internal static class Terminal
{
    /// <summary>What was typed; empty at the end of the input. Ctrl-C doesn't wait for the line's end.</summary>
    public static async Task<string> ReadLineAsync(CancellationToken ct) => (await Task.Run(Console.ReadLine, ct).WaitAsync(ct))?.Trim() ?? "";
}
