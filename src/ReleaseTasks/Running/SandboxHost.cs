using ReleaseTasks.Options;
using ReleaseTasks.Sandbox;

namespace ReleaseTasks.Running;

/// <summary>The sandbox that a run uses: the one that is being served from this checkout, else its own for as long as it runs.</summary>
internal sealed class SandboxHost : IAsyncDisposable
{
    private readonly SandboxServer? _own;

    private SandboxHost(SandboxServer? own, IReadOnlyDictionary<string, string> environment, SimulatedParts simulated) => (_own, Environment, Simulated) = (own, environment, simulated);

    /// <summary>What the clients need to use it.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; }

    /// <summary>What isn't real about it, one line each; the foreground one says so itself.</summary>
    public IReadOnlyList<string> Notices => _own?.Notices ?? [];

    public SimulatedParts Simulated { get; }

    public static string DirectoryIn(string folder) => Path.Combine(folder, ".sandbox");

    /// <summary>Whether the sample world, which a sandbox starts with, is this project's.</summary>
    public static bool HasSampleOf(ReleaseOptions options) => (options.App, options.Repository) == (SandboxServer.SampleApp, SandboxServer.SampleRepository);

    /// <exception cref="RefusedException">A new one would hold the sample world, and this project isn't in it.</exception>
    public static async Task<SandboxHost> StartAsync(ReleaseOptions options, string folder, Rehearsal? rehearsal, CancellationToken ct) =>
        await FindRunningAsync(folder, ct) ?? (rehearsal is not null || HasSampleOf(options)
            ? await StartOwnAsync(folder, rehearsal?.Stage, ct)
            : throw new RefusedException(
                $"The sandbox starts with {SandboxServer.SampleRepository} and doesn't know {options.Repository}. Nothing was changed. " +
                "Rehearse this project's plan on a sandbox of its own: --target=Rehearse --plan=FILE"));

    /// <summary>The one that another process serves; null where there is none.</summary>
    public static async Task<SandboxHost?> FindRunningAsync(string folder, CancellationToken ct) =>
        await SandboxServer.FindRunningAsync(DirectoryIn(folder), ct) is { } running ? new(null, running.Environment, running.Simulated) : null;

    public async ValueTask DisposeAsync()
    {
        if (_own is not null)
        {
            await _own.DisposeAsync();
        }
    }

    private static async Task<SandboxHost> StartOwnAsync(string folder, Stage? stage, CancellationToken ct)
    {
        var own = await SandboxServer.StartAsync(new() { Directory = DirectoryIn(folder), Stage = stage }, ct);
        return new(own, own.Environment, own.Simulated);
    }
}
