
namespace ReleaseTasks.Journals;

/// <summary>The journal can't be read or written; what was done can't be known, so nothing is done.</summary>
public sealed class JournalException(string message, Exception? inner = null) : ReleaseException(message, inner)
{
    public override ExitCode ExitCode => ExitCode.Failed;

    /// <summary>What should be acted on is masked here.</summary>
    internal static JournalException NotWhole(string what) => new(
        $"What the journal has of '{what}' holds a secret, so it is masked here. It is whole in unmasked.json, beside the journal on " +
        "the machine that wrote it. Nothing was changed. Put that file beside this journal, then run the same command again.");
}
