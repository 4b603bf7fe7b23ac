using System.Text.Json;
using ReleaseTasks.GitHub;
using ReleaseTasks.Journals;

namespace ReleaseTasks.Running;

/// <summary>
/// One roll-out per app, from whatever machine: the atomic creation of <c>refs/release-locks/APP</c>. It points to a commit whose message says
/// who holds it. A heartbeat is a commit after the one that was read, and refs are advanced, never forced: a compare-and-swap.
/// </summary>
/// <param name="rollout">Who takes it; null where it is only looked at, or broken.</param>
internal sealed class RolloutLock(IGitHub github, string app, RolloutId? rollout, TimeProvider time) : IAsyncDisposable
{
    private static readonly TimeSpan Beat = TimeSpan.FromMinutes(1);

    /// <summary>Without a heartbeat for this long, its holder is taken to be dead.</summary>
    private static readonly TimeSpan Dead = 5 * Beat;

    private readonly RefName _ref = new($"refs/release-locks/{app}");
    private readonly CancellationTokenSource _end = new();

    /// <summary>The ref and what is known of it change together.</summary>
    private readonly SemaphoreSlim _turn = new(1);
    private CommitSha? _mine;

    /// <summary>The last heartbeat, whose answer may have been lost.</summary>
    private CommitSha? _beat;
    private Task _beating = Task.CompletedTask;

    /// <summary>Who holds the lock, as a phrase for people; null where it is free or this roll-out's own.</summary>
    public async Task<string?> FindForeignHolderAsync(CancellationToken ct) =>
        await ReadAsync(ct) is { } held && !IsMine(held.Commit) && IsForeign(held.Holder) ? Describe(held.Holder) : null;

    /// <summary>The roll-out that holds an app's lock; null where it is free or nobody can read it.</summary>
    public static async Task<RolloutId?> FindHolderAsync(IGitHub github, string app, CancellationToken ct)
    {
        await using var held = new RolloutLock(github, app, null, TimeProvider.System);
        return (await held.ReadAsync(ct))?.Holder?.Rollout is { } rollout && rollout.App == app ? rollout : null;
    }

    /// <summary>Takes the lock, or takes it over from an earlier run of the same roll-out, and keeps its heart beating.</summary>
    /// <param name="treeOf">Any commit of the repository.</param>
    /// <exception cref="GateClosedException">Someone else holds it, or it can't be read.</exception>
    public async Task TakeAsync(CommitSha treeOf, CancellationToken ct)
    {
        if (_mine is not null)
        {
            return;
        }

        var me = Me(since: time.GetUtcNow());
        var note = await github.WriteNoteAsync(Text(me), treeOf, null, ct);
        _mine = await IsCreatedAsync(note, ct) ? note : await TakeOverAsync(ct);
        _beating = BeatAsync(me, _end.Token);
    }

    /// <summary>Asked before each effect: a machine that slept, or a person who broke the lock, may have let somebody else in.</summary>
    /// <exception cref="StepFailedException">It is not ours any more.</exception>
    public async Task EnsureHeldAsync(CancellationToken ct)
    {
        await _turn.WaitAsync(ct);
        try
        {
            if (!await IsMineAsync(ct))
            {
                throw new StepFailedException($"The lock of {app} was taken from this run. Nothing more is done here. --target=Status tells who has it.");
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Frees the app, if this run holds it.</summary>
    public async Task ReleaseAsync(CancellationToken ct)
    {
        await StopBeatingAsync();
        if (_mine is not null && await IsMineAsync(ct))
        {
            await github.DeleteRefAsync(_ref, ct);
            _mine = null;
        }
    }

    /// <summary>Frees the app whoever holds it: a person has looked and says why. Gives the former holder, null where there was none.</summary>
    public async Task<string?> BreakAsync(CancellationToken ct)
    {
        if (await ReadAsync(ct) is not { } held)
        {
            return null;
        }

        await github.DeleteRefAsync(_ref, ct);
        return Describe(held.Holder);
    }

    public async ValueTask DisposeAsync()
    {
        await StopBeatingAsync();
        _end.Dispose();
        _turn.Dispose();
    }

    /// <summary>False where somebody has it. A lost answer is looked up.</summary>
    private async Task<bool> IsCreatedAsync(CommitSha note, CancellationToken ct)
    {
        try
        {
            return await github.CreateRefAsync(_ref, note, ct) == RefCreation.Created;
        }
        catch (GitHubException e) when (e.OutcomeUnknown)
        {
            return await github.FindRefAsync(_ref, ct) is { } found ? found == note : throw new GateClosedException($"{app} could not be locked. Nothing was changed. Run the same command again. {e.Message}");
        }
    }

    private async Task<CommitSha> TakeOverAsync(CancellationToken ct)
    {
        if (await ReadAsync(ct) is not { } held)
        {
            throw new GateClosedException($"The lock of {app} changed hands at this moment. Nothing was changed. Run the same command again.");
        }

        if (held.Holder is not { } holder || IsForeign(holder))
        {
            throw new GateClosedException($"{app} is locked by {Describe(held.Holder)}. Nothing was changed. Wait for it to end; where it is dead, --target=Unlock --reason='…' frees the app.");
        }

        var note = await github.WriteNoteAsync(Text(Me(holder.Since)), held.Commit, held.Commit, ct);
        return await github.AdvanceRefAsync(_ref, note, ct)
            ? note
            : throw new GateClosedException($"The lock of {app} changed hands at this moment. Nothing was changed. Run the same command again.");
    }

    private async Task BeatAsync(Holder me, CancellationToken ct)
    {
        using var timer = new PeriodicTimer(Beat, time);
        try
        {
            while (await timer.WaitForNextTickAsync(ct))
            {
                await BeatOnceAsync(me, ct);
            }
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // The run is over.
        }
    }

    private async Task BeatOnceAsync(Holder me, CancellationToken ct)
    {
        await _turn.WaitAsync(ct);
        try
        {
            _beat = await github.WriteNoteAsync(Text(me with { Heartbeat = time.GetUtcNow() }), _mine!, _mine, ct);
            if (await github.AdvanceRefAsync(_ref, _beat, ct))
            {
                _mine = _beat;
            }
        }
        catch (GitHubException)
        {
            // The next beat may come through; the steps themselves find out whether GitHub is gone.
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task<bool> IsMineAsync(CancellationToken ct)
    {
        var found = await github.FindRefAsync(_ref, ct);
        if (found is null || !IsMine(found))
        {
            return false;
        }

        _mine = found;
        return true;
    }

    private bool IsMine(CommitSha commit) => commit == _mine || commit == _beat;

    private async Task StopBeatingAsync()
    {
        await _end.CancelAsync();
        await _beating;
    }

    private async Task<(CommitSha Commit, Holder? Holder)?> ReadAsync(CancellationToken ct)
    {
        if (await github.FindRefAsync(_ref, ct) is not { } commit)
        {
            return null;
        }

        return (commit, Parse((await github.ReadNoteAsync(commit, ct)).Text));
    }

    /// <summary>Null for what nobody can read: it blocks all the same.</summary>
    private static Holder? Parse(string text)
    {
        try
        {
            return JsonSerializer.Deserialize<Holder>(text, JournalFormat.Options) is { Rollout: not null } holder ? holder : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Not ours, or another living run's of the same roll-out. One that nobody can read may be alive.</summary>
    private bool IsForeign(Holder? holder) => holder is null || holder.Rollout != rollout || IsAlive(holder);

    /// <summary>A process of this machine can be looked up; elsewhere its heartbeat has to do.</summary>
    private bool IsAlive(Holder holder) => holder.Host == Environment.MachineName ? holder.Process?.IsRunning == true : time.GetUtcNow() - holder.Heartbeat < Dead;

    private Holder Me(DateTimeOffset since) =>
        new(Environment.UserName, Environment.MachineName, rollout!, since, time.GetUtcNow()) { Process = LocalProcess.Current };

    private static string Text(Holder holder) => JsonSerializer.Serialize(holder, JournalFormat.Options);

    private string Describe(Holder? holder) => holder is null
        ? "someone whose lock can't be read"
        : $"{holder.Owner} on {holder.Host} for {holder.Rollout} since {holder.Since:yyyy-MM-dd HH:mm} UTC, last heard of {(time.GetUtcNow() - holder.Heartbeat).TotalMinutes:0} minutes ago";

    private sealed record Holder(string Owner, string Host, RolloutId Rollout, DateTimeOffset Since, DateTimeOffset Heartbeat)
    {
        public LocalProcess? Process { get; init; }
    }
}
