namespace ReleaseTasks.EndToEnd;

/// <summary>A checkout with <c>build.sh</c> and the smallest program that it can launch. Its path has what paths shouldn't have.</summary>
internal sealed class LaunchedProgram : IAsyncDisposable
{
    private readonly List<Command> started = [];

    private LaunchedProgram()
    {
    }

    public string Root { get; } = Directory.CreateTempSubdirectory("a $path ").FullName;

    public Dictionary<string, string?> Environment { get; } = [];

    /// <summary>What was published and not yet removed.</summary>
    public string[] Folders => Directory.GetDirectories(PathOf(".build"), "app.*");

    public static LaunchedProgram Create()
    {
        var program = new LaunchedProgram();
        File.Copy(Repository.PathOf("build.sh"), program.PathOf("build.sh"));
        File.Copy(Repository.PathOf("global.json"), program.PathOf("global.json"));
        program.Write("build/Unneeded.cs", "static class Unneeded;");
        program.Write("build/Greeting.cs", "static class Greeting { public const string Word = \"hello\"; }");
        program.Write("build/Build.csproj", """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
                <UseAppHost>false</UseAppHost>
              </PropertyGroup>
              <PropertyGroup Condition="'$(ReadyToRun)' == 'true'">
                <RuntimeIdentifier>$(NETCoreSdkPortableRuntimeIdentifier)</RuntimeIdentifier>
                <SelfContained>false</SelfContained>
                <PublishReadyToRun>true</PublishReadyToRun>
              </PropertyGroup>
            </Project>
            """);
        program.Write("build/Program.cs", """
            using System.Runtime.InteropServices;

            switch (args)
            {
                case ["exit", var code]:
                    return int.Parse(code);
                case ["wait"]:
                    var told = new TaskCompletionSource();
                    using (PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal => { signal.Cancel = true; told.SetResult(); }))
                    {
                        Console.WriteLine("waiting");
                        await told.Task;
                    }

                    return 43;
                default:
                    Console.WriteLine(string.Join(' ', args.Select(arg => $"[{arg}]").Prepend(Greeting.Word)));
                    return 0;
            }
            """);
        return program;
    }

    /// <summary>The same sources and the same build, elsewhere.</summary>
    public LaunchedProgram Copy()
    {
        var copy = new LaunchedProgram();
        foreach (var file in Directory.EnumerateFiles(Root, "*", SearchOption.AllDirectories))
        {
            var target = copy.PathOf(Path.GetRelativePath(Root, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }

        return copy;
    }

    public string PathOf(params string[] parts) => Path.Combine([Root, .. parts]);

    public void Write(string file, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(file))!);
        File.WriteAllText(PathOf(file), text);
    }

    public void Delete(string file) => File.Delete(PathOf(file));

    public void AskForSdk(string version) => Write("global.json", $$"""{ "sdk": { "version": "{{version}}" } }""");

    /// <summary>An installer whose SDK "publishes" an empty file and tells what it was asked to run.</summary>
    public string WriteFakeInstaller()
    {
        Write("fake-install.sh", """
            #!/usr/bin/env bash
            cat >.dotnet/dotnet <<'END'
            #!/usr/bin/env bash
            case "$1" in
              publish) while [[ $1 != -o ]]; do shift; done; : >"$2/Build.dll" ;;
              *) echo "the new SDK runs $(basename "$1") ${*:2}" ;;
            esac
            END
            chmod +x .dotnet/dotnet
            """);
        Directory.CreateDirectory(PathOf(".dotnet"));
        return PathOf("fake-install.sh");
    }

    public Task<Finished> RunAsync(params string[] arguments) => RunFromAsync(Root, arguments);

    public Task<Finished> RunFromAsync(string folder, params string[] arguments) => StartFrom(folder, arguments).FinishedAsync(CancellationToken.None);

    public Command Start(params string[] arguments) => StartFrom(Root, arguments);

    /// <summary>Another source, hence another build.</summary>
    public async Task ChangeAndRunAsync(string word)
    {
        Write("build/Greeting.cs", $"static class Greeting {{ public const string Word = \"{word}\"; }}");
        var run = await RunAsync();
        Assert.That(run.Output, Is.EqualTo($"{word}\n"), run.ToString());
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var command in started)
        {
            await command.DisposeAsync();
        }

        Directory.Delete(Root, recursive: true);
    }

    private Command StartFrom(string folder, string[] arguments)
    {
        var command = Command.Start(folder, PathOf("build.sh"), arguments, Environment);
        started.Add(command);
        return command;
    }
}
