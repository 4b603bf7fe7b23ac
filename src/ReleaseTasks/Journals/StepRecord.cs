using System.Text.Json;

namespace ReleaseTasks.Journals;

/// <summary>What the journal knows of one step.</summary>
internal sealed record StepRecord(string Name, string Title, JsonElement Before, DateTimeOffset StartedAt)
{
    /// <summary>It changes nothing in the world.</summary>
    public bool OnlyReads { get; init; }

    /// <summary>Where <see cref="Before"/> is whole; null where it is so here.</summary>
    public string? WholeBefore { get; init; }

    public JsonElement? After { get; init; }

    /// <summary>Where <see cref="After"/> is whole; null where it is so here.</summary>
    public string? WholeAfter { get; init; }

    public string? Evidence { get; init; }

    public bool Simulated { get; init; }

    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>Why it failed the last time; null while it runs, is finished, or was interrupted.</summary>
    public string? Failure { get; init; }

    public bool IsFinished => FinishedAt is not null;

    public static StepRecord Of(StepStarted started) =>
        new(started.Step, started.Title, started.Before, started.At) { OnlyReads = started.OnlyReads, WholeBefore = started.WholeBefore };

    public T BeforeAs<T>() => WholeBefore is null ? JournalFormat.FromElement<T>(Before) : throw NotWhole();

    public T? AfterAs<T>()
        where T : class => After is not { } after ? null : WholeAfter is null ? JournalFormat.FromElement<T>(after) : throw NotWhole();

    public JournalException NotWhole() => JournalException.NotWhole(Title);
}
