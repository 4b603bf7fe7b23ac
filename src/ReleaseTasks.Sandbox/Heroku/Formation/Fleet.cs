using ReleaseTasks.Sandbox.Dynos;
using ReleaseTasks.Sandbox.Heroku.World;

namespace ReleaseTasks.Sandbox.Heroku;

/// <summary>The dynos that run now. What should run is the world's formation; this makes it so.</summary>
internal sealed class Fleet(Platform platform) : IAsyncDisposable
{
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

                await platform.Lifecycle.StopAsync(dyno, "Restarting");
            });
        }
    }

    /// <summary>Starts what the formation has more of, stops what it has less of.</summary>
    public void Scale(App app)
    {
        var wanted = Wanted(app).ToDictionary(w => w.Name);
        StopAll(Remove(d => d.App == app.Id && !d.IsOneOff && !wanted.ContainsKey(d.Name)), "Scaling down");
        Reconcile(app);
    }

    /// <summary>Stops one-off dynos for good; dynos of the formation come back, as on Heroku.</summary>
    public void Stop(App app, Func<Dyno, bool> which)
    {
        StopAll(Remove(d => d.App == app.Id && d.IsOneOff && which(d)), "Stopping");
        Restart(app, which);
    }

    /// <summary>Stops all dynos of an app that goes.</summary>
    public void Dissolve(App app) => StopAll(Remove(d => d.App == app.Id), "Stopping");

    public void Add(Dyno dyno)
    {
        lock (_lock)
        {
            _dynos.Add(dyno);
        }
    }

    public void Remove(Dyno dyno) => Remove(d => d == dyno);

    public async ValueTask DisposeAsync() => await Task.WhenAll(Remove(_ => true).Select(d => d.DisposeAsync().AsTask()));

    private void StopAll(List<Dyno> dynos, string why) =>
        dynos.ForEach(dyno => platform.Background.Start($"stopping {dyno.Name}", _ => platform.Lifecycle.StopAsync(dyno, why)));

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
        Add(dyno);
        var vars = new Dictionary<string, string>(app.ConfigVars);
        return platform.Lifecycle.Start(dyno, new DynoStart(app.Name, dyno.Name, platform.SlugDirectory(app.CurrentSlug!), dyno.Command, vars));
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
