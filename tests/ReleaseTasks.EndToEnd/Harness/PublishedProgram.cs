namespace ReleaseTasks.EndToEnd;

/// <summary>The release program as <c>build.sh</c> publishes it, started without <c>build.sh</c>: hundreds of starts have to be cheap.</summary>
internal static class PublishedProgram
{
    private static readonly Lazy<Task<(string Dotnet, string Program)>> Published = new(PublishAsync);

    /// <summary>Starts it in a folder that holds no more than a <c>release.json</c>.</summary>
    public static Task<Command> StartAsync(string folder, params IEnumerable<string> arguments) => StartAsync(folder, new Dictionary<string, string>(), arguments);

    /// <summary>The same with more in its environment: addresses and tokens.</summary>
    public static async Task<Command> StartAsync(string folder, IReadOnlyDictionary<string, string> environment, IEnumerable<string> arguments)
    {
        var (dotnet, program) = await Published.Value;
        var all = Environment;
        foreach (var (name, value) in environment)
        {
            all[name] = value;
        }

        return Command.Start(folder, dotnet, [program, .. arguments], all);
    }

    /// <summary>The same where no file can grow beyond a size, as on a full disk.</summary>
    public static async Task<Finished> RunWithFilesUpToAsync(int kibibytes, string folder, params IEnumerable<string> arguments)
    {
        var (dotnet, program) = await Published.Value;

        // The limit's signal would end the program instead of failing the write, and the runtime's own memory counts as a file.
        var limited = $"trap '' XFSZ; ulimit -f {kibibytes}; exec \"$@\"";
        return await Command.RunAsync(
            folder, "bash", ["-c", limited, "--", dotnet, program, .. arguments], CancellationToken.None, new Dictionary<string, string?>(Environment) { ["DOTNET_EnableWriteXorExecute"] = "0" });
    }

    /// <summary>The same for someone whom files' permissions bind: root without the power to pass them over.</summary>
    public static async Task<Finished> RunAsOneWhoIsBoundByPermissionsAsync(string folder, params IEnumerable<string> arguments)
    {
        var (dotnet, program) = await Published.Value;
        IEnumerable<string> command = [dotnet, program, .. arguments];
        return System.Environment.IsPrivilegedProcess
            ? await Command.RunAsync(folder, "setpriv", ["--bounding-set", "-dac_override,-dac_read_search", .. command], CancellationToken.None, Environment)
            : await Command.RunAsync(folder, dotnet, command.Skip(1), CancellationToken.None, Environment);
    }

    private static Dictionary<string, string?> Environment => new() { ["NO_COLOR"] = "1", ["CI"] = null };

    private static async Task<(string Dotnet, string Program)> PublishAsync()
    {
        var run = await Command.RunAsync(Repository.Root, Repository.PathOf("build.sh"), ["--description"], CancellationToken.None);
        Assert.That(run.ExitCode, Is.Zero, run.ToString());
        var current = await File.ReadAllLinesAsync(Repository.PathOf(".build", "current"));
        return (current[0], Repository.PathOf(current[1], "Build.dll"));
    }
}
