using ReleaseTasks.Sandbox.Dynos;

namespace ReleaseTasks.Sandbox.Serving;

/// <summary>Processes that do nothing: one that is run succeeds at once, one that is started stays.</summary>
internal sealed class PlaceholderDynos : IDynos
{
    public string? Notice => "Dynos are simulated.";

    public Task<int> RunAsync(DynoStart start, Action<string> output, CancellationToken ct) => Task.FromResult(0);

    public Task<IDyno> StartAsync(DynoStart start, Action<string> output, CancellationToken ct) => Task.FromResult<IDyno>(new Idle(start.Name));

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private sealed class Idle(string name) : IDyno
    {
        private readonly TaskCompletionSource<int> _exited = new();

        public string Name => name;

        public Uri? Address => null;

        public Task<int> Exited => _exited.Task;

        public ValueTask DisposeAsync()
        {
            _exited.TrySetResult(143);
            return ValueTask.CompletedTask;
        }
    }
}
