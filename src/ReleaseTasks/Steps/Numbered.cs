using System.Text.Json;

namespace ReleaseTasks.Steps;

/// <summary>A step that a plan asks for more than once: the journal tells them apart by number.</summary>
internal sealed class Numbered(IStep step, int number) : IStep
{
    public string Name => $"{step.Name}#{number}";

    public string Title => step.Title;

    public TimeSpan? Deadline => step.Deadline;

    public bool OnlyReads => step.OnlyReads;

    public Task<Observed> ObserveAsync(CancellationToken ct) => step.ObserveAsync(ct);

    public Task ApplyAsync(JsonElement before, CancellationToken ct) => step.ApplyAsync(before, ct);

    public Task<Reading> ReadBackAsync(JsonElement before, CancellationToken ct) => step.ReadBackAsync(before, ct);
}
