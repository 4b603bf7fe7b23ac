using System.Text.Json;
using ReleaseTasks.GitHub;
using ReleaseTasks.Journals;

namespace ReleaseTasks.Running;

/// <summary>
/// One roll-out per app, from whatever machine: the atomic creation of <c>refs/release-locks/APP</c>. It points to a commit whose message says
/// who holds it. A heartbeat is a commit after the one that was read, and refs are advanced, never forced: a compare-and-swap.
/// </summary>
internal sealed class RolloutLock(IGitHub github, string app, string rollout, TimeProvider time) : IAsyncDisposable
{
    private static readonly TimeSpan Beat = TimeSpan.FromMinutes(1);

    /// <summary>Without a heartbeat for this long, its holder is taken to be dead.</summary>
    private static readonly TimeSpan Dead = 5 * Beat;

    private readonly RefName _ref = new($"refs/release-locks/{app}");
    private readonly CancellationTokenSource _end = new();
    private CommitSha? _mine;
    private Task _beating = Task.CompletedTask;

    /// <summary>Who holds the lock, as a phrase for people; null where it is free or this roll-out's own.</summary>
    public async Task<string?> FindForeignHolderAsync(CancellationToken ct) =>
        await ReadAsync(ct) is { } held && (held.Holder is null || held.Holder.Rollout != rollout || IsAliveElsewhere(held.Holder)) ? Describe(held.Holder) : null;

    /// <summary>The roll-out that holds an app's lock; null where it is free or nobody can read it.</summary>
    public static async Task<string?> FindHolderAsync(IGitHub github, string app, CancellationToken ct)
    {
        await using var held = new RolloutLock(github, app, "", TimeProvider.System);
        return (await held.ReadAsync(ct))?.Holder?.Rollout;
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
        _mine = await github.CreateRefAsync(_ref, note, ct) == RefCreation.Created ? note : await TakeOverAsync(ct);
        _beating = BeatAsync(me, _end.Token);
    }

    /// <summary>Frees the app, if this run holds it.</summary>
    public async Task ReleaseAsync(CancellationToken ct)
    {
        await StopBeatingAsync();
        if (_mine is not null && await github.FindRefAsync(_ref, ct) == _mine)
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
    }

    private async Task<CommitSha> TakeOverAsync(CancellationToken ct)
    {
        if (await ReadAsync(ct) is not { } held)
        {
            throw new GateClosedException($"The lock of {app} changed hands at this moment. Nothing was changed. Run the same command again.");
        }

        if (held.Holder is null || held.Holder.Rollout != rollout || IsAliveElsewhere(held.Holder))
        {
            throw new GateClosedException($"{app} is locked by {Describe(held.Holder)}. Nothing was changed. Wait for it to end; where it is dead, --target=Unlock --reason='…' frees the app.");
        }

        var note = await github.WriteNoteAsync(Text(Me(held.Holder.Since)), held.Commit, held.Commit, ct);
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
                var note = await github.WriteNoteAsync(Text(me with { Heartbeat = time.GetUtcNow() }), _mine!, _mine, ct);
                if (await github.AdvanceRefAsync(_ref, note, ct))
                {
                    _mine = note;
                }
            }
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // The run is over.
        }
        catch (GitHubException)
        {
            // A heart that stops makes the lock look dead after a while; the steps themselves find out whether GitHub is gone.
        }
    }

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
            return JsonSerializer.Deserialize<Holder>(text, JournalFormat.Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private bool IsAliveElsewhere(Holder holder) => holder.Host != Environment.MachineName && time.GetUtcNow() - holder.Heartbeat < Dead;

    private Holder Me(DateTimeOffset since) => new(Environment.UserName, Environment.MachineName, rollout, since, time.GetUtcNow());

    private static string Text(Holder holder) => JsonSerializer.Serialize(holder, JournalFormat.Options);

    private string Describe(Holder? holder) => holder is null
        ? "someone whose lock can't be read"
        : $"{holder.Owner} on {holder.Host} for {holder.Rollout} since {holder.Since:yyyy-MM-dd HH:mm} UTC, last heard of {(time.GetUtcNow() - holder.Heartbeat).TotalMinutes:0} minutes ago";

    private sealed record Holder(string Owner, string Host, string Rollout, DateTimeOffset Since, DateTimeOffset Heartbeat);
}
