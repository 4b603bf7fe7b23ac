using System.Collections.Concurrent;
using System.Globalization;
using ReleaseTasks.Sandbox.Processes;

namespace ReleaseTasks.Sandbox.Dynos;

/// <summary>Dynos as processes of this machine, in the slug's folder, with the app's config vars and nothing of our own environment.</summary>
internal sealed class LocalDynos(Toolbox toolbox, TimeSpan grace) : IDynos
{
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(20);

    private readonly ConcurrentDictionary<SupervisedProcess, bool> _running = [];

    public string? Notice => toolbox switch
    {
        { Python: null } => "Python 3 was not found: web and worker dynos and migrations are simulated.",
        { LacksAlembic: true } => "alembic with psycopg2 was not found: migrations are simulated, and web and worker dynos of an app that has them.",
        _ => null,
    };

    /// <summary>The dynos for the sandbox in a folder.</summary>
    /// <param name="directory">The sandbox's folder.</param>
    /// <param name="realDatabases">Whether migrations have a real database to work on.</param>
    /// <param name="grace">How long a dyno may take to stop; Heroku gives it 30 seconds.</param>
    public static LocalDynos Find(string directory, bool realDatabases, TimeSpan grace) => new(Toolbox.Open(directory, realDatabases), grace);

    public async Task<int> RunAsync(DynoStart start, Action<string> output, CancellationToken ct)
    {
        await using var process = Start(start, [], output);
        return await process.Exited.WaitAsync(ct);
    }

    public async Task<int> RunAttachedAsync(DynoStart start, Terminal terminal, CancellationToken ct)
    {
        var plan = Plan(start, []);
        await using var process = Track(SupervisedProcess.Start(terminal.IsTerminal ? Toolbox.OnTerminal(plan) : plan, terminal.Input, terminal.Output));
        return await process.Exited.WaitAsync(ct);
    }

    public async Task<IDyno> StartAsync(DynoStart start, Action<string> output, CancellationToken ct)
    {
        if (toolbox.Python is null || (toolbox.LacksAlembic && HasMigrations(start)))
        {
            return await PlaceholderDyno.StartAsync(start, output, ct);
        }

        if (!start.IsWeb)
        {
            return new LocalDyno(start.Name, Address: null, Start(start, [], output));
        }

        var port = LoopbackPort.Find();
        var process = Start(start, new() { ["PORT"] = port.ToString(CultureInfo.InvariantCulture) }, output);
        var dyno = new LocalDyno(start.Name, new Uri($"http://127.0.0.1:{port}"), process);
        try
        {
            await ListeningAsync(port, process, ct);
            return dyno;
        }
        catch
        {
            await dyno.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync() => await Task.WhenAll(_running.Keys.Select(process => process.DisposeAsync().AsTask()));

    /// <summary>Its tables aren't there when alembic isn't.</summary>
    private static bool HasMigrations(DynoStart start) => File.Exists(Path.Combine(start.SlugDirectory, "alembic.ini"));

    private SupervisedProcess Start(DynoStart start, Dictionary<string, string> more, Action<string> output) =>
        Track(SupervisedProcess.Start(Plan(start, more), output));

    private ProcessPlan Plan(DynoStart start, Dictionary<string, string> more)
    {
        var environment = toolbox.Environment();
        environment["HOME"] = start.SlugDirectory;
        foreach (var (name, value) in start.ConfigVars.Concat(more))
        {
            environment[name] = value;
        }

        environment["DYNO"] = start.Name;
        return new ProcessPlan("bash", ["-c", start.Command], start.SlugDirectory, environment, "TERM", grace);
    }

    private SupervisedProcess Track(SupervisedProcess process)
    {
        _running[process] = true;
        process.Exited.ContinueWith(_ => _running.TryRemove(process, out var _), TaskScheduler.Default);
        return process;
    }

    private static async Task ListeningAsync(int port, SupervisedProcess process, CancellationToken ct)
    {
        while (!process.Exited.IsCompleted && !await LoopbackPort.ListensAsync(port, ct))
        {
            await Task.Delay(Moment, TimeProvider.System, ct);
        }
    }

    private sealed record LocalDyno(string Name, Uri? Address, SupervisedProcess Process) : IDyno
    {
        public Task<int> Exited => Process.Exited;

        public ValueTask DisposeAsync() => Process.DisposeAsync();
    }
}
