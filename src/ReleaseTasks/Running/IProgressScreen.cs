using ReleaseTasks.Journals;

namespace ReleaseTasks.Running;

/// <summary>Where a person follows the run.</summary>
internal interface IProgressScreen
{
    /// <summary>Shows <paramref name="steps"/>, by name and title, while <paramref name="work"/> carries them out.</summary>
    Task WhileAsync(IReadOnlyList<(string Name, string Title)> steps, Func<Task> work);

    /// <summary>A journal line was written.</summary>
    void Happened(JournalLine line);

    /// <summary>A step waits for something that isn't worth a line in the journal.</summary>
    void Waiting(string step, string forWhat);

    /// <summary>One line of text.</summary>
    void Say(string text);
}
