using System.Collections.Concurrent;

namespace ReleaseTasks.Gates;

/// <summary>Reads facts side by side, all of them within two minutes; what takes long is named while it is waited for.</summary>
internal sealed class FactReader : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(15);

    private readonly TimeProvider _time;
    private readonly CancellationToken _stopping;
    private readonly CancellationTokenSource _late;
    private readonly CancellationTokenSource _either;
    private readonly ConcurrentDictionary<string, bool> _waiting = [];

    public FactReader(TimeProvider time, CancellationToken ct)
    {
        (_time, _stopping) = (time, ct);
        _late = new(Patience, time);
        _either = CancellationTokenSource.CreateLinkedTokenSource(ct, _late.Token);
    }

    /// <param name="what">For people: <c>the reviews of #3</c>.</param>
    /// <param name="read">One read; whatever fails in it leaves this fact unknown, and no other.</param>
    public async Task<Fact<T>> ReadAsync<T>(string what, Func<CancellationToken, Task<T>> read)
    {
        _waiting[what] = true;
        try
        {
            return new(await read(_either.Token));
        }
        catch (Exception) when (_late.IsCancellationRequested && !_stopping.IsCancellationRequested)
        {
            return Fact<T>.Unknown($"{what} can't be read: no answer came within {Patience.TotalMinutes:0} minutes.");
        }
        catch (Exception e) when (!_stopping.IsCancellationRequested)
        {
            return Fact<T>.Unknown($"{what} can't be read: {e.Message}");
        }
        finally
        {
            _waiting.TryRemove(what, out _);
        }
    }

    /// <summary>Waits for all that is being read.</summary>
    public async Task WaitAsync(Action<string> say, params IEnumerable<Task> reads)
    {
        var all = Task.WhenAll(reads);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(_stopping);
        while (await Task.WhenAny(all, Task.Delay(Silence, _time, over.Token)) != all)
        {
            _stopping.ThrowIfCancellationRequested();
            say($"     waiting for {string.Join(", ", _waiting.Keys.Order(StringComparer.Ordinal))}");
        }

        await over.CancelAsync();
        await all;
    }

    public void Dispose()
    {
        _either.Dispose();
        _late.Dispose();
    }
}
