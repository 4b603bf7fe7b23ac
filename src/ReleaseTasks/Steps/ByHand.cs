namespace ReleaseTasks.Steps;

/// <summary>A person does it, and ticks its box on GitHub or confirms it at the terminal.</summary>
internal sealed class ByHand(string name, string words, IConfirmations confirmations, TimeProvider time, TimeSpan patience) : Step<ByHand.Before>
{
    private DateTimeOffset? _asked;

    public override string Name => name;

    public override string Title => $"By hand: {words}";

    /// <summary>Longer than the person's own time, which ends the run as "waiting", not as "failed".</summary>
    public override TimeSpan? Deadline => patience + TimeSpan.FromMinutes(1);

    protected override Task<Before> ObserveAsync(CancellationToken ct) => Task.FromResult(new Before(words));

    protected override string Effect(Before before) => $"a person: {words}";

    protected override Task ApplyAsync(Before before, CancellationToken ct)
    {
        _asked = time.GetUtcNow();
        return confirmations.AskAsync(ct);
    }

    protected override async Task<Reading> ReadBackAsync(Before before, CancellationToken ct)
    {
        if (await confirmations.FindAsync(ct) is { } confirmed)
        {
            return new Reading.Done(new { confirmed.By, confirmed.Where }, $"confirmed by {confirmed.By} {confirmed.Where}");
        }

        return _asked is { } asked && time.GetUtcNow() - asked >= patience
            ? throw new WaitingException($"Waiting for a person, who didn't confirm it within {patience}: {words}")
            : new Reading.NotYet($"waiting for a person: {words} ({confirmations.How})");
    }

    internal sealed record Before(string Words);
}

/// <summary>Where people say that they have done something.</summary>
internal interface IConfirmations
{
    /// <summary>What they do to say so, in a few words.</summary>
    string How { get; }

    /// <summary>Begins to listen to whoever is there.</summary>
    Task AskAsync(CancellationToken ct);

    /// <summary>Who confirmed it and where; null while nobody has.</summary>
    Task<Confirmation?> FindAsync(CancellationToken ct);
}

internal sealed record Confirmation(string By, string Where);
