using System.Diagnostics;

namespace Cake.Heroku.Tests.Aliases;

/// <summary>Cake's own script runner, as a process.</summary>
internal static class Runner
{
    public static async Task<(int ExitCode, string Output)> RunAsync(
        string folder, string script, IReadOnlyDictionary<string, string> environment, CancellationToken ct)
    {
        await File.WriteAllTextAsync(Path.Combine(folder, "build.cake"), script, ct);
        var start = new ProcessStartInfo(
            "dotnet",
            [Places.CakeRunner, "build.cake"]) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["NO_COLOR"] = "1";
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        try
        {
            var output = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(ct), process.StandardError.ReadToEndAsync(ct));
            await process.WaitForExitAsync(ct);
            return (process.ExitCode, string.Concat(output));
        }
        finally
        {
            process.Kill(entireProcessTree: true);
        }
    }
}
