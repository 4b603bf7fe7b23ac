using ReleaseTasks.Options;
using ReleaseTasks.Sandbox;

namespace ReleaseTasks.Running;

/// <content>The stand-ins, in the foreground.</content>
internal sealed partial class ReleaseRun
{
    private string SandboxDirectory => SandboxHost.DirectoryIn(folder);

    /// <summary>What leads to the sandbox of this run, which this starts; null where its services are the real ones.</summary>
    public async Task<IReadOnlyDictionary<string, string>?> SandboxVariablesAsync(CancellationToken ct) =>
        options.Environment == ReleaseEnvironment.Sandbox ? (await ServicesAsync(ct)).SandboxVariables : null;

    /// <summary>Serves until Ctrl-C. What it prints first can be given to a shell: <c>eval</c>, then the official CLI talks to it.</summary>
    public async Task ServeSandboxAsync(CancellationToken ct)
    {
        await using var sandbox = await SandboxHost.ServeAsync(arguments.Sandbox.In(SandboxDirectory), ct);
        foreach (var (name, value) in sandbox.Environment)
        {
            Console.WriteLine($"export {name}={value}");
        }

        foreach (var notice in sandbox.Notices)
        {
            Console.WriteLine($"# {notice}");
        }

        Console.WriteLine("ready");
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, ct).ContinueWith(_ => { }, TaskScheduler.Default);
        foreach (var line in sandbox.LastWords)
        {
            Console.WriteLine($"# {line}");
        }
    }

    /// <summary>The sample world starts anew, and with it what this checkout remembers of its roll-outs.</summary>
    public Task ResetSandboxAsync(CancellationToken ct)
    {
        try
        {
            SandboxServer.Reset(SandboxDirectory);
        }
        catch (SandboxInUseException e)
        {
            throw new RefusedException($"{e.Message} Nothing was changed.");
        }

        Rollouts.In(folder, ReleaseEnvironment.Sandbox).Forget();
        screen.Say("The sandbox's world is back at its start.");
        return Task.CompletedTask.WaitAsync(ct);
    }

    private void SayTheSandboxsLastWords(ReleaseServices services)
    {
        foreach (var line in services.LastWords)
        {
            screen.Say($"Sandbox: {line}");
        }
    }
}
