using System.Text.Json;

namespace ReleaseTasks.Journals;

/// <summary>What the journal knows of one step.</summary>
internal sealed record StepRecord(string Name, string Title, JsonElement Before, DateTimeOffset StartedAt)
{
    /// <summary>It changes nothing in the world.</summary>
    public bool OnlyReads { get; init; }

    public JsonElement? After { get; init; }

    public string? Evidence { get; init; }

    public bool Simulated { get; init; }

    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>Why it failed the last time; null while it runs, is finished, or was interrupted.</summary>
    public string? Failure { get; init; }

    public bool IsFinished => FinishedAt is not null;

    public T BeforeAs<T>() => JournalFormat.FromElement<T>(Before);

    public T? AfterAs<T>()
        where T : class => After is { } after ? JournalFormat.FromElement<T>(after) : null;
}
