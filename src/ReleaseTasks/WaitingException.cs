namespace ReleaseTasks;

/// <summary>A person has to do or confirm something before the roll-out can go on.</summary>
public sealed class WaitingException(string message) : ReleaseException(message)
{
    public override ExitCode ExitCode => ExitCode.Waiting;
}
