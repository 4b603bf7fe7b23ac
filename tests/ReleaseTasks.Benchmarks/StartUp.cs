using System.Diagnostics;
using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Engines;

namespace ReleaseTasks.Benchmarks;

/// <summary>What a person waits for after Enter when nothing has to be built. The launched program may cost 0.3 s more than the bare one.</summary>
[SimpleJob(RunStrategy.Monitoring, warmupCount: 2, iterationCount: 11)]
public class StartUp // not sealed: BenchmarkDotNet derives from it
{
    private static readonly string Root = Find(new DirectoryInfo(Environment.CurrentDirectory));

    [Benchmark(Baseline = true)]
    public void Bare_Frosting_program() => Start("dotnet", [typeof(StartUp).Assembly.Location, "--bare-frosting"]);

    [Benchmark]
    public void Launcher_and_release_program() => Start(Path.Combine(Root, "build.sh"), ["--target=Status"]);

    [Benchmark]
    public void Launcher_and_version_only() => Start(Path.Combine(Root, "build.sh"), ["--version"]);

    private static void Start(string program, string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Root };
        using var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        var errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{program} ended with {process.ExitCode}: {errors}");
        }
    }

    private static string Find(DirectoryInfo? folder) =>
        folder is null ? throw new InvalidOperationException("Start it inside the checkout.")
        : File.Exists(Path.Combine(folder.FullName, "ReleaseTasks.sln")) ? folder.FullName
        : Find(folder.Parent);
}
