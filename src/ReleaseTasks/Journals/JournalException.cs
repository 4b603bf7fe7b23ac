
namespace ReleaseTasks.Journals;

/// <summary>The journal can't be read or written; what was done can't be known, so nothing is done.</summary>
public sealed class JournalException(string message, Exception? inner = null) : ReleaseException(message, inner)
{
    public override ExitCode ExitCode => ExitCode.Failed;
}
