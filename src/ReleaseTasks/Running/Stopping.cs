using System.Runtime.InteropServices;

namespace ReleaseTasks.Running;

/// <summary>Turns Ctrl-C, SIGTERM and SIGHUP into a token: the run stops at its next safe point. A second signal ends the process at once.</summary>
internal sealed class Stopping : IDisposable
{
    private readonly CancellationTokenSource _source = new();
    private readonly PosixSignalRegistration[] _signals;

    public Stopping() => _signals =
    [
        PosixSignalRegistration.Create(PosixSignal.SIGINT, Heard),
        PosixSignalRegistration.Create(PosixSignal.SIGTERM, Heard),
        PosixSignalRegistration.Create(PosixSignal.SIGHUP, Heard),
    ];

    public CancellationToken Token => _source.Token;

    /// <summary>The signal that was heard; null while none was.</summary>
    public PosixSignal? Signal { get; private set; }

    public void Dispose()
    {
        Array.ForEach(_signals, signal => signal.Dispose());
        _source.Dispose();
    }

    private void Heard(PosixSignalContext context)
    {
        context.Cancel = true;
        if (Signal is not null)
        {
            // Whatever was begun is in the journal: resuming looks at it first.
            Environment.Exit((int)ExitCode.Interrupted);
        }

        Signal = context.Signal;
        _source.Cancel();
    }
}
