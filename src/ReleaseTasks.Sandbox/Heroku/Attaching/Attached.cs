using System.IO.Pipelines;

namespace ReleaseTasks.Sandbox.Heroku;

/// <summary>The line between an attached one-off dyno and the terminal that comes to meet it.</summary>
internal sealed class Attached(bool isTerminal)
{
    /// <summary>^D</summary>
    public const byte EndOfInput = 4;

    private readonly TaskCompletionSource<Stream> _connected = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _hungUp = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Pipe _typed = new();
    private bool _inputEnded;

    /// <summary>Whether the dyno sees a terminal, which is asked for by default, or a pipe.</summary>
    public bool IsTerminal => isTerminal;

    /// <summary>What is typed, until its end.</summary>
    public Stream Input => _typed.Reader.AsStream();

    /// <summary>Ends when the dyno has.</summary>
    public Task Ended => _ended.Task;

    /// <summary>Ends when the terminal has gone away, which an attached dyno doesn't outlive.</summary>
    public Task HungUp => _hungUp.Task;

    /// <summary>Where the output goes, once the terminal is there: an attached dyno starts no earlier.</summary>
    public Task<Stream> ConnectedAsync() => _connected.Task;

    public void Connect(Stream output) => _connected.TrySetResult(output);

    /// <summary>Passes on what was typed. A pipe ends with ^D, which is any other character to us where there's a terminal to see to it.</summary>
    public async Task TypeAsync(ReadOnlyMemory<byte> typed, CancellationToken ct)
    {
        if (_inputEnded)
        {
            return;
        }

        var end = isTerminal ? -1 : typed.Span.IndexOf(EndOfInput);
        await _typed.Writer.WriteAsync(end < 0 ? typed : typed[..end], ct);
        if (end >= 0)
        {
            _inputEnded = true;
            await _typed.Writer.CompleteAsync();
        }
    }

    public void HangUp() => _hungUp.TrySetResult();

    public void End()
    {
        _typed.Reader.Complete();
        _ended.TrySetResult();
    }
}
