using System.Threading.Channels;

namespace ReleaseTasks.Sandbox.Heroku;

/// <summary>The line between an attached one-off dyno and its terminal.</summary>
internal sealed class Attached
{
    private readonly TaskCompletionSource _connected = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();

    /// <summary>Ends when the terminal is there: an attached dyno starts no earlier.</summary>
    public Task ConnectedAsync(CancellationToken ct) => _connected.Task.WaitAsync(ct);

    public void Connect() => _connected.TrySetResult();

    public void WriteLine(string line) => _lines.Writer.TryWrite(line);

    public void Finish() => _lines.Writer.TryComplete();

    public IAsyncEnumerable<string> ReadAsync(CancellationToken ct) => _lines.Reader.ReadAllAsync(ct);
}
