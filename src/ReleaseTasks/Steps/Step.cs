using System.Text.Json;
using ReleaseTasks.Journals;

namespace ReleaseTasks.Steps;

/// <summary>A step whose observation is a record of its own.</summary>
internal abstract class Step<TBefore> : IStep
    where TBefore : class
{
    public abstract string Name { get; }

    public abstract string Title { get; }

    public virtual TimeSpan? Deadline => null;

    public virtual bool OnlyReads => false;

    async Task<Observed> IStep.ObserveAsync(CancellationToken ct)
    {
        var before = await ObserveAsync(ct);
        return new(JournalFormat.ToElement(before), Effect(before));
    }

    Task IStep.ApplyAsync(JsonElement before, CancellationToken ct) => ApplyAsync(JournalFormat.FromElement<TBefore>(before), ct);

    Task<Reading> IStep.ReadBackAsync(JsonElement before, CancellationToken ct) => ReadBackAsync(JournalFormat.FromElement<TBefore>(before), ct);

    protected abstract Task<TBefore> ObserveAsync(CancellationToken ct);

    protected abstract string Effect(TBefore before);

    protected abstract Task ApplyAsync(TBefore before, CancellationToken ct);

    protected abstract Task<Reading> ReadBackAsync(TBefore before, CancellationToken ct);
}
