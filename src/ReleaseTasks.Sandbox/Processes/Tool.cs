using System.Diagnostics;

namespace ReleaseTasks.Sandbox.Processes;

/// <summary>Runs a program of the machine to its end. Secrets go in by the environment or the input, never as arguments.</summary>
internal static class Tool
{
    private static readonly Dictionary<string, string> Nothing = [];

    /// <summary>Runs a program and gives what it wrote, without the last line break.</summary>
    /// <exception cref="ToolException">It ended with another status than 0.</exception>
    public static async Task<string> RunAsync(
        IReadOnlyList<string> command, IReadOnlyDictionary<string, string>? environment, string input, CancellationToken ct)
    {
        using var process = OwnSession.Start(StartInfo(command, environment ?? Nothing));
        try
        {
            return await FinishAsync(process, Path.GetFileName(command[0]), input, ct);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None); // whoever clears up behind it wants nothing more to be written
            throw;
        }
    }

    /// <summary>The same for a program that needs neither.</summary>
    public static Task<string> RunAsync(IReadOnlyList<string> command, CancellationToken ct) => RunAsync(command, environment: null, "", ct);

    /// <summary>The program's path by the PATH, or null.</summary>
    public static string? Find(string program) =>
        Folders(Environment.GetEnvironmentVariable("PATH")).Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);

    /// <summary>The folders of a PATH.</summary>
    public static IEnumerable<string> Folders(string? path) =>
        (path ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);

    private static ProcessStartInfo StartInfo(IReadOnlyList<string> command, IReadOnlyDictionary<string, string> environment)
    {
        var start = new ProcessStartInfo(command[0], command.Skip(1))
        {
            WorkingDirectory = "/", // ours may be closed to the user that the program runs as
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["LC_ALL"] = "C";
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return start;
    }

    private static async Task<string> FinishAsync(Process process, string name, string input, CancellationToken ct)
    {
        var output = process.StandardOutput.ReadToEndAsync(ct);
        var errors = process.StandardError.ReadToEndAsync(ct);
        try
        {
            await process.StandardInput.WriteAsync(input.AsMemory(), ct);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended without reading all of its input; its exit status and errors say why.
        }

        await process.WaitForExitAsync(ct);
        return process.ExitCode == 0 ? (await output).TrimEnd('\n') : throw new ToolException(name, process.ExitCode, await errors);
    }
}

/// <summary>A program ended with another status than 0.</summary>
internal sealed class ToolException(string program, int status, string errors)
    : Exception($"{program} ended with {status}: {errors.Trim()}");
