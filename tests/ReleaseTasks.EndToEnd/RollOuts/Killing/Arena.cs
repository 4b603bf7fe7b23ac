using Microsoft.AspNetCore.Http;
using ReleaseTasks.Sandbox;
using ReleaseTasks.Sandbox.Databases;

namespace ReleaseTasks.EndToEnd.RollOuts.Killing;

/// <summary>A world of its own, served by the test's process, and a folder from which the program works on it. What was there can be kept as a copy.</summary>
internal sealed class Arena : IAsyncDisposable
{
    private readonly List<Command> _started = [];

    private Arena(string folder, SandboxServer sandbox) => (Folder, Sandbox) = (folder, sandbox);

    public string Folder { get; }

    public SandboxServer Sandbox { get; }

    /// <summary>The config var's value, which only its owner may see.</summary>
    public string MyVar => ConfigVar("MYVAR");

    /// <summary>How far the only journal here has come.</summary>
    public int JournalLines => FindJournal() is { } journal ? File.ReadAllBytes(journal).Count(b => b == '\n') : 0;

    /// <summary>The only journal here.</summary>
    public string JournalPath => FindJournal() ?? throw new FileNotFoundException("Nothing was rolled out here.");

    /// <param name="start">A folder that <see cref="KeepAsync"/> left; null for the sample world.</param>
    /// <param name="meddle">Sees every request before the sandbox does.</param>
    /// <param name="faults">Misfortunes.</param>
    public static async Task<Arena> OpenAsync(string? start = null, Func<HttpContext, RequestDelegate, Task>? meddle = null, params IReadOnlyList<Fault> faults)
    {
        var folder = NewFolder();
        if (start is not null)
        {
            await CopyAsync(start, folder);
        }

        return new Arena(folder, await ServeAsync(folder, meddle, faults));
    }

    private string? FindJournal() =>
        Directory.Exists(PathOf(".release")) ? Directory.EnumerateFiles(PathOf(".release"), "journal.jsonl", SearchOption.AllDirectories).FirstOrDefault() : null;

    public string ConfigVar(string name) => Sandbox.World.Heroku.Store.Read(world => world.FindApp("sushi")!.ConfigVars[name]);

    public string PathOf(params string[] parts) => Path.Combine([Folder, .. parts]);

    public async Task<Command> StartAsync(params IEnumerable<string> arguments)
    {
        var command = await PublishedProgram.StartAsync(Folder, arguments);
        _started.Add(command);
        return command;
    }

    public async Task<Finished> RunAsync(params IEnumerable<string> arguments) => await (await StartAsync(arguments)).FinishedAsync(CancellationToken.None);

    /// <summary>The sample world with real databases, where the machine has PostgreSQL. It can't be kept.</summary>
    public static async Task<Arena> OpenRealAsync(params IReadOnlyList<Fault> faults)
    {
        var folder = NewFolder();
        return new Arena(folder, await SandboxServer.StartAsync(new() { Directory = Path.Combine(folder, ".sandbox"), Faults = faults }, CancellationToken.None));
    }

    /// <summary>Ends the sandbox and leaves its world, and the program's memory, as a folder to start others from.</summary>
    public async Task<string> KeepAsync()
    {
        await EndAsync();
        return Folder;
    }

    public async ValueTask DisposeAsync()
    {
        await EndAsync();
        Directory.Delete(Folder, recursive: true);
    }

    /// <summary>All that the program needs there are its settings.</summary>
    private static string NewFolder()
    {
        var folder = Directory.CreateTempSubdirectory("arena-").FullName;
        Directory.CreateDirectory(Path.Combine(folder, "build"));
        File.Copy(Repository.PathOf("build", "release.json"), Path.Combine(folder, "build", "release.json"));
        return folder;
    }

    private async Task EndAsync()
    {
        foreach (var command in _started)
        {
            await command.DisposeAsync();
        }

        await Sandbox.DisposeAsync();
    }

    private static Task<SandboxServer> ServeAsync(string folder, Func<HttpContext, RequestDelegate, Task>? meddle, IReadOnlyList<Fault> faults) => SandboxServer.StartAsync(
        new()
        {
            Directory = Path.Combine(folder, ".sandbox"),
            Provisioning = TimeSpan.FromMilliseconds(200),
            Faults = faults,
            Before = meddle,
            DatabasesIn = directory => new SimulatedEngine(directory, "for tests", TimeProvider.System),
            DynosIn = directory => new QuietDynos(directory),
        },
        CancellationToken.None);

    private static async Task CopyAsync(string from, string to)
    {
        var run = await Command.RunAsync("/", "cp", ["-R", $"{from}/.", to], CancellationToken.None);
        Assert.That(run.ExitCode, Is.Zero, run.ToString());
    }
}
