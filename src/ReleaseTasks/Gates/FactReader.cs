using System.Collections.Concurrent;
using ReleaseTasks.Redaction;

namespace ReleaseTasks.Gates;

/// <summary>Reads facts side by side, all of them within two minutes; what takes long is named while it is waited for.</summary>
internal sealed class FactReader : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(15);

    private readonly TimeProvider _time;
    private readonly Action<string> _say;
    private readonly CancellationToken _stopping;
    private readonly CancellationTokenSource _late;
    private readonly ConcurrentDictionary<string, bool> _waiting = [];

    /// <param name="time">The clock that they are read by.</param>
    /// <param name="say">Hears what is waited for where that takes long.</param>
    /// <param name="ct">Ends the wait.</param>
    public FactReader(TimeProvider time, Action<string> say, CancellationToken ct)
    {
        (_time, _say, _stopping) = (time, say, ct);
        _late = new(Patience, time);
    }

    /// <param name="what">For people: <c>the reviews of #3</c>.</param>
    /// <param name="read">One read; whatever fails in it leaves this fact unknown, and no other. A refusal of our own is none of its failures.</param>
    /// <param name="atMost">Where others wait for it, so that there is time left for them; null for all the time that there is.</param>
    public async Task<Fact<T>> ReadAsync<T>(string what, Func<CancellationToken, Task<T>> read, TimeSpan? atMost = null)
    {
        _waiting[what] = true;
        using var own = new CancellationTokenSource(atMost ?? Patience, _time);
        using var late = CancellationTokenSource.CreateLinkedTokenSource(_stopping, _late.Token, own.Token);
        try
        {
            return new(await read(late.Token));
        }
        catch (Exception e) when (e is not ReleaseException && !_stopping.IsCancellationRequested)
        {
            var why = late.IsCancellationRequested ? $"no answer came within {(atMost ?? Patience).TotalSeconds:0} seconds." : ForeignText.WordsOf(e);
            return Fact<T>.Unknown($"{what} can't be read: {why}");
        }
        finally
        {
            _waiting.TryRemove(what, out _);
        }
    }

    /// <summary>Waits for all that is being read.</summary>
    public async Task WaitAsync(params IEnumerable<Task> reads)
    {
        var all = Task.WhenAll(reads);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(_stopping);
        while (await Task.WhenAny(all, Task.Delay(Silence, _time, over.Token)) != all)
        {
            _stopping.ThrowIfCancellationRequested();
            _say($"     waiting for {string.Join(", ", _waiting.Keys.Order(StringComparer.Ordinal))}");
        }

        await over.CancelAsync();
        await all;
    }

    public void Dispose() => _late.Dispose();
}
