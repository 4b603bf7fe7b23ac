namespace ReleaseTasks;

/// <summary>One or more gates are closed; nothing was changed.</summary>
public sealed class GateClosedException(string message) : ReleaseException(message)
{
    public override ExitCode ExitCode => ExitCode.GateClosed;
}
