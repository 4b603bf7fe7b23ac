using ReleaseTasks.Sandbox.Dynos;

namespace ReleaseTasks.Sandbox.Heroku;

/// <summary>A dyno of the formation from its start to its end, with what the platform logs about it.</summary>
internal sealed class DynoLifecycle(Platform platform)
{
    // The documentation only says that the cool-off grows. A dyno that stayed up this long has a clean sheet.
    private static readonly TimeSpan FirstCoolOff = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan LongestCoolOff = TimeSpan.FromMinutes(320);
    private static readonly TimeSpan GoodRun = TimeSpan.FromMinutes(10);

    /// <summary>Starts a dyno and keeps it running: crashed, it's restarted at once, and after longer and longer cool-offs from then on.</summary>
    /// <returns>Ends when the dyno is up, or has crashed for the first time.</returns>
    public Task Start(Dyno dyno, DynoStart start)
    {
        var up = new TaskCompletionSource();
        platform.Background.Start($"{dyno.Name} of {start.App}", async ct =>
        {
            using var stopping = CancellationTokenSource.CreateLinkedTokenSource(ct, dyno.Stopping);
            try
            {
                await LiveAsync(dyno, start, up, stopping.Token);
            }
            catch (OperationCanceledException) when (dyno.Stopping.IsCancellationRequested)
            {
                // Whoever stops it logs it.
            }
            finally
            {
                up.TrySetResult();
            }
        });
        return up.Task;
    }

    /// <summary>Stops a dyno.</summary>
    public async Task StopAsync(Dyno dyno, string why)
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

    public Action<string> Output(Dyno dyno) => line => platform.Parts.Logs.Write(dyno.AppName, "app", dyno.Name, line);

    public void Become(Dyno dyno, string state)
    {
        Log(dyno, $"State changed from {dyno.State} to {state}");
        dyno.Become(state, platform.Now);
    }

    public void Log(Dyno dyno, string text) => platform.Parts.Logs.Write(dyno.AppName, "heroku", dyno.Name, text);

    private async Task LiveAsync(Dyno dyno, DynoStart start, TaskCompletionSource up, CancellationToken ct)
    {
        var coolOff = TimeSpan.Zero;
        while (true)
        {
            var process = await BootAsync(dyno, start, ct);
            up.TrySetResult();
            coolOff = await RunAsync(dyno, process, ct) > GoodRun ? TimeSpan.Zero : coolOff;
            await Task.Delay(coolOff, platform.Parts.Clock, ct);
            coolOff = coolOff == TimeSpan.Zero ? FirstCoolOff : coolOff * 2 < LongestCoolOff ? coolOff * 2 : LongestCoolOff;
            Become(dyno, "starting");
        }
    }

    private async Task<IDyno?> BootAsync(Dyno dyno, DynoStart start, CancellationToken ct)
    {
        using var boot = CancellationTokenSource.CreateLinkedTokenSource(ct);
        Log(dyno, $"Starting process with command `{dyno.Command}`");
        var starting = platform.Parts.Dynos.StartAsync(start, Output(dyno), boot.Token);
        try
        {
            // The process is a real one, so its time is the machine's.
            dyno.Process = await starting.WaitAsync(platform.Parts.Options.BootLimit, platform.Parts.Options.Machine, ct);
        }
        catch (TimeoutException)
        {
            Log(dyno, "Error R10 (Boot timeout) -> Web process failed to bind to $PORT within 60 seconds of launch");
            Log(dyno, "Stopping process with SIGKILL");
            await boot.CancelAsync();
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or System.ComponentModel.Win32Exception)
        {
            Log(dyno, $"The process couldn't be started: {e.Message}");
            return null;
        }

        if (ct.IsCancellationRequested)
        {
            await dyno.Process.DisposeAsync();
        }
        else if (!dyno.Process.Exited.IsCompleted)
        {
            Become(dyno, "up");
        }

        return dyno.Process;
    }

    /// <summary>Waits until the dyno crashes, and tells how long it ran.</summary>
    private async Task<TimeSpan> RunAsync(Dyno dyno, IDyno? process, CancellationToken ct)
    {
        var begun = platform.Now;
        if (process is not null)
        {
            Log(dyno, $"Process exited with status {await process.Exited.WaitAsync(ct)}");
        }

        ct.ThrowIfCancellationRequested();
        Become(dyno, "crashed");
        return platform.Now - begun;
    }
}
