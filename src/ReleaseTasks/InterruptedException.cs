namespace ReleaseTasks;

/// <summary>A signal stopped the run at a safe point; the same command goes on from there.</summary>
public sealed class InterruptedException(string message, Exception? inner = null) : ReleaseException(message, inner)
{
    public override ExitCode ExitCode => ExitCode.Interrupted;
}
