namespace ReleaseTasks;

/// <summary>A step's effect could not be brought about, or could not be read back.</summary>
public sealed class StepFailedException(string message, Exception? inner = null) : ReleaseException(message, inner)
{
    public override ExitCode ExitCode => ExitCode.Failed;
}
