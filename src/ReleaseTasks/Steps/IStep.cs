using System.Text.Json;

namespace ReleaseTasks.Steps;

/// <summary>
/// One change to the world, in a form that survives a crash: what was there is observed and journaled first, the change is safe to
/// repeat, and only reading it back says that it is done.
/// </summary>
internal interface IStep
{
    /// <summary>Stable within a roll-out: the journal finds the step by it. <c>maintenance-on</c>, <c>backup-config-var:MYVAR</c>.</summary>
    string Name { get; }

    /// <summary>What people read while it runs.</summary>
    string Title { get; }

    /// <summary>How long it may take until its effect is read back; null for the usual time of a change that takes effect at once.</summary>
    TimeSpan? Deadline { get; }

    /// <summary>It changes nothing in the world, only what this machine knows of it. Default: no.</summary>
    bool OnlyReads => false;

    /// <summary>Reads, and only reads, what the change will touch.</summary>
    Task<Observed> ObserveAsync(CancellationToken ct);

    /// <summary>Makes the change. Running it twice is harmless.</summary>
    Task ApplyAsync(JsonElement before, CancellationToken ct);

    Task<Reading> ReadBackAsync(JsonElement before, CancellationToken ct);
}

/// <param name="Before">What was found; it goes into the journal before anything is changed.</param>
/// <param name="Effect">What the step would do to it now, for the preview. No secret.</param>
internal sealed record Observed(JsonElement Before, string Effect);
