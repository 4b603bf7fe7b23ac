using System.Globalization;
using ReleaseTasks.Sandbox.Dynos;
using ReleaseTasks.Sandbox.Heroku.World;

namespace ReleaseTasks.Sandbox.Heroku;

/// <summary>The dynos that run now. What should run is the world's formation; this makes it so.</summary>
internal sealed class Fleet(Platform platform) : IAsyncDisposable
{
    private static readonly TimeSpan BootLimit = TimeSpan.FromSeconds(60);

    private readonly Lock _lock = new();
    private readonly List<Dyno> _dynos = [];

    public IReadOnlyList<Dyno> Of(App app)
    {
        lock (_lock)
        {
            return [.. _dynos.Where(d => d.App == app.Id).OrderBy(d => d.Name, StringComparer.Ordinal)];
        }
    }

    /// <summary>Replaces the app's dynos, or those that <paramref name="which"/> picks, by new ones of its current release.</summary>
    public void Restart(App app, Func<Dyno, bool>? which = null)
    {
        var old = Remove(d => d.App == app.Id && !d.IsOneOff && (which?.Invoke(d) ?? true));
        var started = Reconcile(app);
        var overlap = app.Features.Contains("preboot") ? Task.WhenAll(started.Where(s => s.Dyno.Type == "web").Select(s => s.Up)) : Task.CompletedTask;
        foreach (var dyno in old)
        {
            platform.Background.Start($"stopping {dyno.Name}", async ct =>
            {
                if (dyno.Type == "web")
                {
                    await overlap.WaitAsync(ct);
                }

                await StopAsync(dyno, "Restarting");
            });
        }
    }

    /// <summary>Starts what the formation has more of, stops what it has less of.</summary>
    public void Scale(App app)
    {
        var wanted = Wanted(app).ToDictionary(w => w.Name);
        var surplus = Remove(d => d.App == app.Id && !d.IsOneOff && !wanted.ContainsKey(d.Name));
        foreach (var dyno in surplus)
        {
            platform.Background.Start($"stopping {dyno.Name}", _ => StopAsync(dyno, "Scaling down"));
        }

        Reconcile(app);
    }

    /// <summary>Stops one-off dynos for good; dynos of the formation come back, as on Heroku.</summary>
    public void Stop(App app, Func<Dyno, bool> which)
    {
        foreach (var dyno in Remove(d => d.App == app.Id && d.IsOneOff && which(d)))
        {
            platform.Background.Start($"stopping {dyno.Name}", _ => StopAsync(dyno, "Stopping"));
        }

        Restart(app, which);
    }

    /// <summary>Runs a command in a dyno of its own, to its end.</summary>
    /// <param name="app">The app, with its current slug and config vars.</param>
    /// <param name="command">For the shell.</param>
    /// <param name="size">The dyno's size.</param>
    /// <param name="env">Added to the config vars.</param>
    /// <param name="attach">Where its output goes besides the log, when someone is attached.</param>
    /// <param name="attachUrl">Where that someone connects.</param>
    public Dyno RunOneOff(App app, string command, string size, IReadOnlyDictionary<string, string> env, Attached? attach, Uri? attachUrl)
    {
        var name = $"run.{Random.Shared.Next(1000, 10000).ToString(CultureInfo.InvariantCulture)}";
        var dyno = new Dyno(app, app.Current!, name, command, size, platform.Now) { AttachUrl = attachUrl };
        var vars = new Dictionary<string, string>(app.ConfigVars);
        foreach (var (key, value) in env)
        {
            vars[key] = value;
        }

        var start = new DynoStart(app.Name, name, platform.SlugDirectory(app.CurrentSlug!), command, vars);
        Add(dyno);
        platform.Background.Start($"{name} of {app.Name}", ct => RunAsync(dyno, start, attach, ct));
        return dyno;
    }

    public async ValueTask DisposeAsync() => await Task.WhenAll(Remove(_ => true).Select(d => d.DisposeAsync().AsTask()));

    private async Task RunAsync(Dyno dyno, DynoStart start, Attached? attach, CancellationToken ct)
    {
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(ct, dyno.Stopping);
        var status = 143;
        try
        {
            if (attach is not null)
            {
                await attach.ConnectedAsync(stopping.Token).WaitAsync(BootLimit, platform.Parts.Options.Machine, stopping.Token);
            }

            Log(dyno, $"Starting process with command `{dyno.Command}`");
            Become(dyno, "up");
            status = await platform.Parts.Dynos.RunAsync(start, Output(dyno, attach), stopping.Token);
        }
        catch (OperationCanceledException)
        {
            // Stopped by request, or with the sandbox.
        }
        catch (TimeoutException)
        {
            Log(dyno, "Error R13 (Attach error) -> Failed to attach to process");
        }
        finally
        {
            Log(dyno, $"Process exited with status {status}");
            Become(dyno, "complete");
            Remove(d => d == dyno);
            attach?.Finish();
        }
    }

    private List<(Dyno Dyno, Task Up)> Reconcile(App app)
    {
        var running = Of(app).Select(d => d.Name).ToHashSet();
        return [.. Wanted(app).Where(w => !running.Contains(w.Name)).Select(w => (w, Start(app, w)))];
    }

    private IEnumerable<Dyno> Wanted(App app)
    {
        if (app.Current is not { Slug: not null } release)
        {
            return [];
        }

        return from type in app.Formation
               from number in Enumerable.Range(1, type.Quantity)
               select new Dyno(app, release, $"{type.Type}.{number}", type.Command, type.Size, platform.Now);
    }

    private Task Start(App app, Dyno dyno)
    {
        var start = new DynoStart(app.Name, dyno.Name, platform.SlugDirectory(app.CurrentSlug!), dyno.Command, new Dictionary<string, string>(app.ConfigVars));
        var up = new TaskCompletionSource();
        Add(dyno);
        platform.Background.Start($"{dyno.Name} of {app.Name}", async ct =>
        {
            try
            {
                await BootAsync(dyno, start, ct);
            }
            finally
            {
                up.TrySetResult();
            }

            await WatchAsync(dyno, ct);
        });
        return up.Task;
    }

    private async Task BootAsync(Dyno dyno, DynoStart start, CancellationToken ct)
    {
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(ct, dyno.Stopping);
        Log(dyno, $"Starting process with command `{dyno.Command}`");
        var process = platform.Parts.Dynos.StartAsync(start, Output(dyno, null), stopping.Token);
        try
        {
            // The process is a real one, so its time is the machine's.
            dyno.Process = await process.WaitAsync(BootLimit, platform.Parts.Options.Machine, stopping.Token);
        }
        catch (TimeoutException)
        {
            Log(dyno, "Error R10 (Boot timeout) -> Web process failed to bind to $PORT within 60 seconds of launch");
            Log(dyno, "Stopping process with SIGKILL");
            await stopping.CancelAsync();
            Become(dyno, "crashed");
            return;
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            return;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or System.ComponentModel.Win32Exception)
        {
            Log(dyno, $"The process couldn't be started: {e.Message}");
            Become(dyno, "crashed");
            return;
        }

        if (dyno.Stopping.IsCancellationRequested)
        {
            await dyno.Process.DisposeAsync();
        }
        else if (!dyno.Process.Exited.IsCompleted)
        {
            Become(dyno, "up");
        }
    }

    private async Task WatchAsync(Dyno dyno, CancellationToken ct)
    {
        if (dyno.Process is null)
        {
            return;
        }

        var status = await dyno.Process.Exited.WaitAsync(ct);
        if (!dyno.Stopping.IsCancellationRequested)
        {
            Log(dyno, $"Process exited with status {status}");
            Become(dyno, "crashed");
        }
    }

    private async Task StopAsync(Dyno dyno, string why)
    {
        Log(dyno, why);
        Log(dyno, "Stopping all processes with SIGTERM");
        await dyno.DisposeAsync();
        if (dyno.Process is null)
        {
            return;
        }

        var status = await dyno.Process.Exited;
        if (status == 137)
        {
            Log(dyno, "Error R12 (Exit timeout) -> At least one process failed to exit within 30 seconds of SIGTERM");
        }

        Log(dyno, $"Process exited with status {status}");
    }

    private Action<string> Output(Dyno dyno, Attached? attach) => line =>
    {
        if (attach is not null)
        {
            attach.WriteLine(line);
        }
        else
        {
            platform.Parts.Logs.Write(dyno.AppName, "app", dyno.Name, line);
        }
    };

    private void Become(Dyno dyno, string state)
    {
        Log(dyno, $"State changed from {dyno.State} to {state}");
        dyno.Become(state, platform.Now);
    }

    private void Log(Dyno dyno, string text) => platform.Parts.Logs.Write(dyno.AppName, "heroku", dyno.Name, text);

    private void Add(Dyno dyno)
    {
        lock (_lock)
        {
            _dynos.Add(dyno);
        }
    }

    private List<Dyno> Remove(Predicate<Dyno> which)
    {
        lock (_lock)
        {
            var removed = _dynos.FindAll(which);
            _dynos.RemoveAll(which);
            return removed;
        }
    }
}
