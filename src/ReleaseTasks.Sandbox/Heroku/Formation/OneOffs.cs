using System.Globalization;
using ReleaseTasks.Sandbox.Dynos;
using ReleaseTasks.Sandbox.Heroku.World;

namespace ReleaseTasks.Sandbox.Heroku;

/// <summary>Runs commands in dynos of their own, to their end: into the log, or on the terminal that attaches itself.</summary>
internal sealed class OneOffs(Platform platform)
{
    private static readonly TimeSpan AttachLimit = TimeSpan.FromSeconds(60);

    /// <param name="app">The app, with its current slug and config vars.</param>
    /// <param name="command">For the shell; a process type at its start stands for the Procfile's line.</param>
    /// <param name="size">The dyno's size.</param>
    /// <param name="env">Added to the config vars.</param>
    /// <param name="attached">The terminal's end of the line; null for the log.</param>
    public Dyno Run(App app, string command, string size, IReadOnlyDictionary<string, string> env, Attached? attached)
    {
        var name = $"run.{Random.Shared.Next(1000, 10000).ToString(CultureInfo.InvariantCulture)}";
        var dyno = new Dyno(app, app.Current!, name, command, size, platform.Now) { AttachUrl = attached is null ? null : platform.Rendezvous.Offer(attached) };
        var vars = new Dictionary<string, string>(app.ConfigVars);
        foreach (var (key, value) in env)
        {
            vars[key] = value;
        }

        var slug = app.CurrentSlug!;
        var start = new DynoStart(app.Name, name, platform.SlugDirectory(slug), Expand(command, slug), vars);
        platform.Fleet.Add(dyno);
        attached?.HungUp.ContinueWith(_ => dyno.DisposeAsync().AsTask(), TaskScheduler.Default);
        platform.Background.Start($"{name} of {app.Name}", ct => RunAsync(dyno, start, attached, ct));
        return dyno;
    }

    private static string Expand(string command, Slug slug)
    {
        var end = command.IndexOf(' ', StringComparison.Ordinal) is > 0 and var space ? space : command.Length;
        return slug.ProcessTypes.TryGetValue(command[..end], out var line) ? line + command[end..] : command;
    }

    private async Task RunAsync(Dyno dyno, DynoStart start, Attached? attached, CancellationToken ct)
    {
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(ct, dyno.Stopping);
        var status = 143;
        try
        {
            var terminal = attached is null ? null : await attached.ConnectedAsync().WaitAsync(AttachLimit, platform.Parts.Options.Machine, stopping.Token);
            platform.Lifecycle.Log(dyno, $"Starting process with command `{dyno.Command}`");
            platform.Lifecycle.Become(dyno, "up");
            status = terminal is null
                ? await platform.Parts.Dynos.RunAsync(start, platform.Lifecycle.Output(dyno), stopping.Token)
                : await platform.Parts.Dynos.RunAttachedAsync(start, new Terminal(attached!.Input, terminal, attached.IsTerminal), stopping.Token);
        }
        catch (OperationCanceledException)
        {
            // Stopped by request, left by its terminal, or ended with the sandbox.
        }
        catch (TimeoutException)
        {
            platform.Lifecycle.Log(dyno, "Error R13 (Attach error) -> Failed to attach to process");
        }
        finally
        {
            platform.Lifecycle.Log(dyno, $"Process exited with status {status}");
            platform.Lifecycle.Become(dyno, "complete");
            platform.Fleet.Remove(dyno);
            attached?.End();
        }
    }
}
