namespace ReleaseTasks;

/// <summary>A reason to stop that means something to the operator: the message answers what, where, what state, what next.</summary>
public abstract class ReleaseException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>What the process ends with.</summary>
    public abstract ExitCode ExitCode { get; }
}
