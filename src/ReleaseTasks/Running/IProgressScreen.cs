using ReleaseTasks.Journals;

namespace ReleaseTasks.Running;

/// <summary>Where a person follows the run.</summary>
internal interface IProgressScreen
{
    /// <summary>A journal line was written.</summary>
    void Happened(JournalLine line);

    /// <summary>A step waits for something that isn't worth a line in the journal.</summary>
    void Waiting(string step, string forWhat);
}
