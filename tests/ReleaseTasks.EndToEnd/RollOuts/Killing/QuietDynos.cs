using ReleaseTasks.Sandbox.Dynos;

namespace ReleaseTasks.EndToEnd.RollOuts.Killing;

/// <summary>Dynos that start at once: release phases and one-off commands run, what would serve or work only seems to.</summary>
internal sealed class QuietDynos(string directory) : IDynos
{
    private readonly LocalDynos _inner = LocalDynos.Find(directory, realDatabases: false, grace: TimeSpan.Zero);

    public string? Notice => "Dynos are simulated.";

    public Task<int> RunAsync(DynoStart start, Action<string> output, CancellationToken ct) => _inner.RunAsync(start, output, ct);

    public Task<int> RunAttachedAsync(DynoStart start, Terminal terminal, CancellationToken ct) => _inner.RunAttachedAsync(start, terminal, ct);

    public Task<IDyno> StartAsync(DynoStart start, Action<string> output, CancellationToken ct) => PlaceholderDyno.StartAsync(start, output, ct);

    public ValueTask DisposeAsync() => _inner.DisposeAsync();
}
