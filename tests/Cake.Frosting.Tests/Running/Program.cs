using System.Diagnostics;

namespace Cake.Frosting.Tests.Running;

/// <summary>The program of <c>Fixture/Program</c>, as a process.</summary>
internal static class Program
{
    private static readonly string Dotnet = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";

    public static async Task<Ended> RunAsync(params string[] args)
    {
        using var process = Process.Start(new ProcessStartInfo(Dotnet, [Places.FixtureProgram, .. args])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
        })!;

        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return new(process.ExitCode, Text.Tidy(await output), Text.Tidy(await errors));
    }
}

internal sealed record Ended(int ExitCode, string Output, string Errors);
