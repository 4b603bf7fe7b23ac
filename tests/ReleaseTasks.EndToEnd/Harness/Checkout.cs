
namespace ReleaseTasks.EndToEnd;

/// <summary>A copy of this checkout in a folder of its own: a world that no other test sees, with the program that is built already.</summary>
/// <remarks>
/// The launcher goes by what its inputs contain, not by when they were written, so a copy shares the original's <c>.build/</c>
/// and starts at once. Change a source in it only after <see cref="BuildItsOwn"/>.
/// </remarks>
internal sealed class Checkout : IAsyncDisposable
{
    private readonly List<Command> started = [];

    private Checkout(string folder) => Folder = folder;

    public string Folder { get; }

    /// <summary>Set for every command that is started here.</summary>
    public Dictionary<string, string?> Environment { get; } = new() { ["NO_COLOR"] = "1", ["CI"] = null };

    public static async Task<Checkout> CreateAsync(CancellationToken ct)
    {
        var checkout = new Checkout(Directory.CreateTempSubdirectory("checkout ").FullName);
        await Repository.CopyToAsync(checkout.Folder, ct);
        checkout.Share(".build");
        checkout.Share(".tools");
        return checkout;
    }

    public string PathOf(params string[] parts) => Path.Combine([Folder, .. parts]);

    public Task<Finished> RunAsync(params string[] arguments) => RunAsync(CancellationToken.None, arguments);

    /// <summary><c>./build.sh arguments</c>, to its end.</summary>
    public Task<Finished> RunAsync(CancellationToken ct, params string[] arguments) => Start(arguments).FinishedAsync(ct);

    /// <summary><c>./build.sh arguments</c>, which goes on; it ends with this checkout at the latest.</summary>
    public Command Start(params string[] arguments) => StartProgram(PathOf("build.sh"), arguments);

    /// <summary>The same as a terminal starts it: at the head of a group of its own.</summary>
    public Command StartInFront(params string[] arguments) => StartProgram("setsid", [PathOf("build.sh"), .. arguments]);

    /// <summary>Another program in this checkout's folder.</summary>
    public Command StartProgram(string program, params string[] arguments)
    {
        var command = Command.Start(Folder, program, arguments, Environment);
        started.Add(command);
        return command;
    }

    public Checkout BuildItsOwn()
    {
        Directory.Delete(PathOf(".build"));
        return this;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var command in started)
        {
            await command.DisposeAsync();
        }

        await KillLeftoversAsync();
        Directory.Delete(Folder, recursive: true);
    }

    private void Share(string folder)
    {
        Directory.CreateDirectory(Repository.PathOf(folder));
        Directory.CreateSymbolicLink(PathOf(folder), Repository.PathOf(folder));
    }

    /// <summary>Database servers leave their parent on purpose; after a killed program they would stay. Their command line names the folder.</summary>
    private async Task KillLeftoversAsync()
    {
        foreach (var process in Processes.All.Where(process => process.CommandLine.Contains(Folder, StringComparison.Ordinal)))
        {
            await Command.RunAsync("/", "kill", ["-KILL", $"{process.Id}"], CancellationToken.None);
        }
    }
}
