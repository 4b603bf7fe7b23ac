using System.Text.Json;

namespace ReleaseTasks.Steps;

/// <summary>A step that isn't begun where somebody else changed what it is about.</summary>
/// <param name="strangers">What they changed, a sentence each.</param>
internal sealed class Guarded(IStep step, Func<CancellationToken, Task<IReadOnlyList<string>>> strangers) : IStep
{
    public string Name => step.Name;

    public string Title => step.Title;

    public TimeSpan? Deadline => step.Deadline;

    public bool OnlyReads => step.OnlyReads;

    public async Task<Observed> ObserveAsync(CancellationToken ct) =>
        await strangers(ct) is { Count: > 0 } found ? throw new ChangedByOthersException(step.Name, found) : await step.ObserveAsync(ct);

    public Task ApplyAsync(JsonElement before, CancellationToken ct) => step.ApplyAsync(before, ct);

    public Task<Reading> ReadBackAsync(JsonElement before, CancellationToken ct) => step.ReadBackAsync(before, ct);
}

/// <summary>Somebody else changed what a step is about to change.</summary>
/// <param name="step">The step's name, for <c>--force</c>.</param>
/// <param name="found">What they changed, a sentence each.</param>
internal sealed class ChangedByOthersException(string step, IReadOnlyList<string> found)
    : Exception($"changed by somebody else since: {string.Join("; ", found)}. Put it back by hand, or undo it all the same: --force={step}")
{
    public string Step => step;
}
