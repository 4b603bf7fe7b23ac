using ReleaseTasks.Options;
using ReleaseTasks.Sandbox;

namespace ReleaseTasks.Running;

/// <summary>The sandbox that a run uses: the one that is being served from this checkout, else its own for as long as it runs.</summary>
internal sealed class SandboxHost : IAsyncDisposable
{
    private readonly SandboxServer? _own;

    private SandboxHost(SandboxServer own)
        : this(own.Environment, own.Simulated, own.Time) => _own = own;

    private SandboxHost(IReadOnlyDictionary<string, string> environment, SimulatedParts simulated, SandboxTime time) => (Environment, Simulated, Time) = (environment, simulated, time);

    /// <summary>What the clients need to use it.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; }

    /// <summary>What isn't real about it, one line each; the foreground one says so itself.</summary>
    public IReadOnlyList<string> Notices => _own?.Notices ?? [];

    /// <summary>What it has to say when the run ends; the foreground one says it when that stops.</summary>
    public IReadOnlyList<string> LastWords => _own?.LastWords ?? [];

    public SimulatedParts Simulated { get; }

    /// <summary>What time it is there: a point in time for a rollback database has to be one of its own.</summary>
    public SandboxTime Time { get; }

    public static string DirectoryIn(string folder) => Path.Combine(folder, ".sandbox");

    /// <summary>Whether the sample world, which a sandbox starts with, is this project's.</summary>
    public static bool HasSampleOf(ReleaseOptions options) => (options.App, options.Repository) == (SandboxServer.SampleApp, SandboxServer.SampleRepository);

    /// <exception cref="RefusedException">A new one would hold the sample world, and this project isn't in it.</exception>
    public static async Task<SandboxHost> StartAsync(ReleaseOptions options, string folder, SandboxArguments arguments, Rehearsal? rehearsal, CancellationToken ct) =>
        await FindRunningAsync(folder, arguments, ct) ?? (rehearsal is not null || HasSampleOf(options)
            ? new(await ServeAsync(arguments.In(DirectoryIn(folder)) with { Stage = rehearsal?.Stage }, ct))
            : throw new RefusedException(
                $"The sandbox starts with {SandboxServer.SampleRepository} and doesn't know {options.Repository}. Nothing was changed. " +
                "Rehearse this project's plan on a sandbox of its own: --target=Rehearse --plan=FILE"));

    /// <summary>Serves a directory's world.</summary>
    /// <exception cref="RefusedException">It can't be served; the message says why.</exception>
    public static async Task<SandboxServer> ServeAsync(SandboxOptions sandbox, CancellationToken ct)
    {
        try
        {
            return await SandboxServer.StartAsync(sandbox, ct);
        }
        catch (Exception e) when (e is SandboxInUseException or InvalidDataException)
        {
            throw new RefusedException($"{e.Message} Nothing was changed.");
        }
        catch (IOException e)
        {
            throw new RefusedException($"The sandbox can't be served on port {sandbox.Port}: {e.Message} Nothing was changed. Leave --port out for a free one.");
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_own is not null)
        {
            await _own.DisposeAsync();
        }
    }

    /// <summary>The one that another process serves; null where there is none.</summary>
    private static async Task<SandboxHost?> FindRunningAsync(string folder, SandboxArguments arguments, CancellationToken ct)
    {
        var running = await SandboxServer.FindRunningAsync(DirectoryIn(folder), ct);
        return running is null ? null
            : arguments.Given.Count == 0 ? new(running.Environment, running.Simulated, running.Time)
            : throw new RefusedException($"{arguments}: a sandbox is being served already, by process {running.ProcessId}. Nothing was changed. Stop it and start it with them: --target=Sandbox {arguments}");
    }
}
