namespace ReleaseTasks;

/// <summary>A step failed, and what had been done was undone, as <c>--on-failure=rollback</c> asks for.</summary>
public sealed class RolledBackException(string message, Exception inner) : ReleaseException(message, inner)
{
    public override ExitCode ExitCode => ExitCode.RolledBack;
}
