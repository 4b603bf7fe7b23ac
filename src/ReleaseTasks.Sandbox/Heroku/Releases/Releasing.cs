using System.Globalization;
using ReleaseTasks.Sandbox.Dynos;
using ReleaseTasks.Sandbox.Heroku.World;
using ReleaseTasks.Sandbox.Serving;

namespace ReleaseTasks.Sandbox.Heroku;

/// <summary>Makes releases: numbers them, runs their release phase and, where that succeeds, restarts the app's dynos.</summary>
internal sealed class Releasing(Platform platform)
{
    /// <summary>Adds a release with the app's config vars of now; call it inside a change of the world.</summary>
    /// <param name="world">The world that is being changed.</param>
    /// <param name="app">Whose release.</param>
    /// <param name="user">Who made it: an account, or an add-on's provider.</param>
    /// <param name="description">As <c>heroku releases</c> shows it.</param>
    /// <param name="slug">Another slug than the current one.</param>
    /// <param name="runsReleasePhase">No for changes that an add-on makes by itself.</param>
    /// <param name="phase">What a fault calls its release phase.</param>
    public Release Add(
        HerokuWorld world, App app, Account user, string description, Slug? slug = null, bool runsReleasePhase = true, string phase = FaultWords.ReleasePhase)
    {
        slug ??= app.CurrentSlug;
        var waits = runsReleasePhase && slug?.ReleaseCommand is not null;
        var now = platform.Now;
        var release = new Release
        {
            Version = app.Releases is [.., var last] ? last.Version + 1 : 1,
            Description = description,
            User = user.Id,
            Slug = slug?.Id,
            ConfigVars = new(app.ConfigVars, StringComparer.Ordinal),
            Plans = [.. world.AddOnsOf(app).Select(a => a.Plan)],
            Status = waits ? ReleaseStatus.Pending : ReleaseStatus.Succeeded,
            HasOutput = waits,
            CreatedAt = now,
            UpdatedAt = now,
        };
        app.Releases.Add(release);
        SlugExpiry.Expire(app, platform.Parts.Options.KeptSlugs, now);
        platform.Log(app, "app", "api", $"{description} by user {user.Email}");
        platform.Log(app, "app", "api", $"Release v{release.Version} created by user {user.Email}");
        if (waits)
        {
            platform.Streams.Create(release.Id);
            platform.Background.StartInTurn(app.Id, $"release phase of {app.Name} v{release.Version}", ct => RunPhaseAsync(app.Id, release.Id, phase, ct));
        }
        else
        {
            Live(app, release, slug);
        }

        return release;
    }

    /// <summary>Fails the releases whose release phase the sandbox's last process took with it.</summary>
    public static void GiveUpPending(HerokuWorld world)
    {
        foreach (var release in world.Apps.SelectMany(a => a.Releases).Where(r => r.Status == ReleaseStatus.Pending))
        {
            release.Status = ReleaseStatus.Failed;
        }
    }

    private async Task RunPhaseAsync(Guid appId, Guid releaseId, string phase, CancellationToken ct)
    {
        var start = platform.Store.Read(world => StartOf(world.AppOf(appId), releaseId));
        var output = platform.Streams.Find(releaseId)!;
        void Write(string line)
        {
            output.WriteLine(line);
            platform.Parts.Logs.Write(start.App, "app", start.Name, line);
        }

        LogState($"Starting process with command `{start.Command}`");
        LogState("State changed from starting to up");
        var status = await RunAsync(start, phase, Write, ct);
        LogState($"Process exited with status {status}");
        LogState("State changed from up to complete");
        platform.Store.Change(world => Finish(world.AppOf(appId), releaseId, status));
        output.Finish();

        void LogState(string text) => platform.Parts.Logs.Write(start.App, "heroku", start.Name, text);
    }

    private async Task<int> RunAsync(DynoStart start, string phase, Action<string> write, CancellationToken ct)
    {
        using var limit = new CancellationTokenSource(platform.Parts.Options.ReleaseLimit, platform.Parts.Options.Machine);
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(ct, limit.Token);
        try
        {
            if (await platform.Parts.Faults.FailAsync(phase, stopping.Token))
            {
                write("The release phase was told to fail.");
                return 1;
            }

            return await platform.Parts.Dynos.RunAsync(start, write, stopping.Token);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !ct.IsCancellationRequested)
        {
            write("The release command didn't end within an hour and was stopped.");
            return 143;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or System.ComponentModel.Win32Exception)
        {
            write($"The release command couldn't be started: {e.Message}");
            return 127;
        }
    }

    private DynoStart StartOf(App app, Guid releaseId)
    {
        var release = app.Releases.Find(r => r.Id == releaseId)!;
        var slug = app.SlugOf(release)!;
        var number = Random.Shared.Next(1000, 10000).ToString(CultureInfo.InvariantCulture);
        return new DynoStart(app.Name, $"release.{number}", platform.SlugDirectory(slug), slug.ReleaseCommand!, new Dictionary<string, string>(release.ConfigVars));
    }

    private void Finish(App app, Guid releaseId, int status)
    {
        var release = app.Releases.Find(r => r.Id == releaseId)!;
        release.UpdatedAt = platform.Now;
        if (status != 0)
        {
            release.Status = ReleaseStatus.Failed;
            platform.Log(app, "app", "api", $"Release v{release.Version} command failed with exit status {status}");
            return;
        }

        release.Status = ReleaseStatus.Succeeded;
        platform.Log(app, "app", "api", $"Release v{release.Version} command succeeded");
        Live(app, release, app.SlugOf(release));
    }

    // A release phase that ends after a later release went live changes nothing.
    private void Live(App app, Release release, Slug? slug)
    {
        if (app.Current != release || slug is null)
        {
            return;
        }

        app.Stack = slug.Stack;
        Follow(app, slug);
        platform.Fleet.Restart(app);
    }

    /// <summary>The formation follows the Procfile: a first <c>web</c> gets one dyno, other new types none.</summary>
    private void Follow(App app, Slug slug)
    {
        var isFirst = app.Formation.Count == 0;
        app.Formation.RemoveAll(p => !slug.ProcessTypes.ContainsKey(p.Type));
        foreach (var (type, command) in slug.ProcessTypes)
        {
            if (app.Find(type) is { } known)
            {
                known.Command = command;
            }
            else
            {
                var now = platform.Now;
                app.Formation.Add(new ProcessType { Type = type, Command = command, Quantity = isFirst && type == "web" ? 1 : 0, CreatedAt = now, UpdatedAt = now });
            }
        }
    }
}
