using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using ReleaseTasks.Sandbox.Databases;
using ReleaseTasks.Sandbox.Dynos;
using ReleaseTasks.Sandbox.Heroku;
using ReleaseTasks.Sandbox.Serving;

namespace ReleaseTasks.Sandbox;

/// <summary>Heroku, GitHub, Papertrail, Sentry and chat on one loopback port, with a world that outlives the process.</summary>
public sealed class SandboxServer : IAsyncDisposable
{
    /// <summary>The app of the sample world.</summary>
    public const string SampleApp = "sushi";

    /// <summary>The repository of the sample world.</summary>
    public const string SampleRepository = "zupo/sushi";

    // Heroku waits 30 seconds; a sandbox that stops shouldn't.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    private readonly WebApplication _web;
    private readonly DirectoryLock _lock;
    private readonly SandboxParts _parts;
    private readonly StandIns _standIns;
    private readonly Troubles _troubles;
    private readonly RunningFile _running;
    private bool _disposed;

    private SandboxServer(WebApplication web, DirectoryLock @lock, SandboxParts parts, StandIns standIns, Troubles troubles)
    {
        (_web, _lock, _parts, _standIns, _troubles) = (web, @lock, parts, standIns, troubles);
        _running = new RunningFile(parts.Directory);
    }

    /// <summary><c>http://127.0.0.1:PORT</c></summary>
    public Uri Address => _parts.Address;

    /// <summary>The sandbox's time, which differs from the machine's when it was given a speed.</summary>
    public TimeProvider Clock => _parts.Clock;

    /// <summary>How it runs.</summary>
    public SandboxTime Time => _parts.Clock.Time;

    /// <summary>What a client needs in its environment to use the sandbox and nothing else, in printing order.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; private set; } = new Dictionary<string, string>();

    /// <summary>What isn't real about this sandbox, one line each.</summary>
    public IReadOnlyList<string> Notices => [.. new[] { _parts.Databases.Notice, _parts.Dynos.Notice }.OfType<string>()];

    /// <summary>The same for programs.</summary>
    public SimulatedParts Simulated => new(_parts.Databases.Notice is not null, _parts.Databases.Notice is not null || _parts.Dynos.Notice is not null);

    /// <summary>The requests that no stand-in knew, which were answered with 501.</summary>
    public IReadOnlyList<string> UnknownRequests => _troubles.UnknownRequests;

    /// <summary>What became of each scripted fault, one line each: where it happened, or that it never did.</summary>
    public IReadOnlyList<string> Faults => _parts.Faults.Outcomes;

    /// <summary>What's worth knowing when it stops, one line each: what it didn't know, what went wrong by script and by itself.</summary>
    public IReadOnlyList<string> LastWords =>
    [
        .. UnknownRequests.Select(request => $"not stood in for: {request}"),
        .. Faults.Select(fault => $"fault {fault}"),
        .. Failures.Select(failure => $"failed itself at {failure.Split('\n')[0].TrimEnd()}"),
    ];

    /// <summary>The sandbox's own failures, which are bugs of it.</summary>
    public IReadOnlyList<string> Failures => _troubles.Failures;

    internal StandIns World => _standIns;

    /// <summary>All that it answers to.</summary>
    internal IEnumerable<RouteEndpoint> Routes => ((IEndpointRouteBuilder)_web).DataSources.SelectMany(s => s.Endpoints).OfType<RouteEndpoint>();

    /// <summary>Starts serving a directory's world; a new directory starts with the sample world.</summary>
    /// <exception cref="SandboxInUseException">Another sandbox serves it.</exception>
    /// <exception cref="InvalidDataException">The saved world can't be read.</exception>
    public static async Task<SandboxServer> StartAsync(SandboxOptions options, CancellationToken ct)
    {
        options = options with { Directory = Path.GetFullPath(options.Directory) };
        var @lock = DirectoryLock.Take(options.Directory);
        try
        {
            DirectoryVersion.Check(options.Directory);
            var server = Build(options, @lock);
            try
            {
                await server.StartAsync(ct);
                return server;
            }
            catch
            {
                await server.DisposeAsync();
                throw;
            }
        }
        catch
        {
            @lock.Dispose();
            throw;
        }
    }

    /// <summary>The sandbox that another process serves out of this directory, if there is one and it answers.</summary>
    public static Task<RunningSandbox?> FindRunningAsync(string directory, CancellationToken ct) =>
        new RunningFile(Path.GetFullPath(directory)).FindAsync(ct);

    /// <summary>Puts the sample world back to its start: the next sandbox in this directory makes it anew. Scripted faults stay.</summary>
    /// <exception cref="SandboxInUseException">A sandbox serves it now.</exception>
    public static void Reset(string directory)
    {
        using var _ = DirectoryLock.Take(directory);
        DatabaseEngine.Remove(directory);
        foreach (var entry in new DirectoryInfo(directory).EnumerateFileSystemInfos())
        {
            if (entry is DirectoryInfo folder)
            {
                folder.Delete(recursive: true);
            }
            else if (entry.Name is not (DirectoryLock.FileName or FaultScript.FileName))
            {
                entry.Delete();
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        _running.Delete();
        await _web.DisposeAsync();
        await _standIns.DisposeAsync();
        await _parts.Dynos.DisposeAsync();
        await _parts.Databases.DisposeAsync();
        _parts.Logs.Dispose();
        _parts.Clock.Save();
        _lock.Dispose();
    }

    private static SandboxServer Build(SandboxOptions options, DirectoryLock @lock)
    {
        var troubles = new Troubles();
        var clock = new SandboxClock(options.Machine, options.Speed, options.Directory);
        var databases = options.DatabasesIn?.Invoke(options.Directory) ?? DatabaseEngine.Find(options.Directory, options.Machine, options.SimulateDatabases);
        var parts = new SandboxParts
        {
            Options = options,
            Clock = clock,
            Databases = databases,
            Dynos = options.DynosIn?.Invoke(options.Directory) ?? LocalDynos.Find(options.Directory, databases.Notice is null, Grace),
            Troubles = troubles,
            Faults = new Faults(options, clock),
            Logs = new AppLogs(Path.Combine(options.Directory, "logs"), clock),
        };
        var standIns = new StandIns(parts);
        return new SandboxServer(BuildWeb(options, standIns, troubles), @lock, parts, standIns, troubles);
    }

    private static WebApplication BuildWeb(SandboxOptions options, StandIns standIns, Troubles troubles)
    {
        // The empty builder reads no settings, watches no files and writes no logs: it starts in a moment.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Listen(System.Net.IPAddress.Loopback, options.Port);
        });
        builder.Services.AddRoutingCore();
        builder.Services.AddHttpForwarder();
        var web = builder.Build();
        web.UseRequestIds(troubles);
        if (options.Before is { } before)
        {
            web.Use(before);
        }

        web.Use(new FaultyAnswers(standIns.Parts, web.Lifetime.ApplicationStopping).ApplyAsync);
        web.Use(standIns.Heroku.RouteToAppsAsync);
        if (Recorder.FromEnvironment() is { } recorder)
        {
            web.Use(recorder.RecordAsync);
        }

        web.UseRouting();
        web.MapGet("/sandbox", () => Results.Ok());
        foreach (var standIn in standIns.All)
        {
            standIn.Map(web);
        }

        web.MapUnknown(troubles);
        return web;
    }

    private async Task StartAsync(CancellationToken ct)
    {
        await _web.StartAsync(ct);
        _parts.Address = new Uri(_web.Urls.Single());
        await _standIns.StartAsync(ct);
        Environment = Variables();
        _running.Write(new RunningSandbox(Address, System.Environment.ProcessId, Environment, Simulated, Time));
    }

    private OrderedDictionary<string, string> Variables()
    {
        var variables = new OrderedDictionary<string, string>();
        foreach (var (name, value) in _standIns.All.SelectMany(s => s.Environment(Address)))
        {
            variables[name] = value;
        }

        return variables;
    }
}
