using System.Collections.Concurrent;
using ReleaseTasks.Sandbox.Serving;

namespace ReleaseTasks.Sandbox.Heroku;

/// <summary>What Heroku does after it has answered: builds, release phases, provisioning. Ends with the sandbox.</summary>
internal sealed class Background(Troubles troubles) : IAsyncDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentDictionary<Task, bool> _running = new();
    private readonly ConcurrentDictionary<Guid, Task> _last = new();

    public CancellationToken Stopping => _stopping.Token;

    public void Start(string what, Func<CancellationToken, Task> work) => Track(Task.Run(() => GuardAsync(what, work)));

    /// <summary>After everything else that was started in turn for the same thing.</summary>
    public void StartInTurn(Guid thing, string what, Func<CancellationToken, Task> work)
    {
        lock (_last)
        {
            var before = _last.GetValueOrDefault(thing, Task.CompletedTask);
            var task = Task.Run(async () =>
            {
                await before;
                await GuardAsync(what, work);
            });
            _last[thing] = task;
            Track(task);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        while (!_running.IsEmpty)
        {
            // What ends may have started something else: a release phase its dynos.
            await Task.WhenAll(_running.Keys);
        }

        _stopping.Dispose();
    }

    private void Track(Task task)
    {
        _running[task] = true;
        task.ContinueWith(t => _running.TryRemove(t, out _), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    private async Task GuardAsync(string what, Func<CancellationToken, Task> work)
    {
        try
        {
            await work(_stopping.Token);
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // The sandbox stops: what was begun is taken up, or given up, by the next one.
        }
        catch (Exception e)
        {
            troubles.RememberFailure(what, e);
        }
    }
}
