namespace ReleaseTasks;

/// <summary>Arguments, configuration or plan can't be carried out; nothing was changed.</summary>
public sealed class RefusedException(string message) : ReleaseException(message)
{
    public override ExitCode ExitCode => ExitCode.Refused;
}
