using Cake.Heroku;

namespace ReleaseTasks.Steps;

/// <summary><c>heroku ps:restart [DYNO]</c>: done when each of the dynos that were there has been started anew and is up.</summary>
/// <param name="which">A dyno, <c>web.1</c>, or a process type; null for all.</param>
internal sealed class RestartDynos(AppName app, string? which, IHerokuApi heroku) : Step<RestartDynos.Before>
{
    public override string Name => $"restart:{which ?? "all"}";

    public override string Title => which is null ? "Restart all dynos" : $"Restart {which}";

    protected override async Task<Before> ObserveAsync(CancellationToken ct) =>
        new((await DynosAsync(ct)).ToDictionary(dyno => dyno.Name, dyno => dyno.Id));

    protected override string Effect(Before before) =>
        before.Started.Count == 0 ? $"no dyno of {which ?? app.ToString()} runs: nothing → nothing" : $"{string.Join(", ", before.Started.Keys)} → started anew";

    protected override Task ApplyAsync(Before before, CancellationToken ct) => which switch
    {
        _ when before.Started.Count == 0 => Task.CompletedTask,
        null => heroku.RestartAsync(app, ct),
        _ when which.Contains('.', StringComparison.Ordinal) => heroku.RestartDynoAsync(app, which, ct),
        _ => heroku.RestartTypeAsync(app, which, ct),
    };

    protected override async Task<Reading> ReadBackAsync(Before before, CancellationToken ct)
    {
        var now = (await DynosAsync(ct)).ToDictionary(dyno => dyno.Name);
        var late = before.Started.Where(started => !(now.TryGetValue(started.Key, out var dyno) && dyno.Id != started.Value && dyno.State == "up")).Select(started => started.Key).ToList();
        return late.Count > 0
            ? new Reading.NotYet($"{string.Join(", ", late)} not up again") { UnderWay = late.Any(name => !now.TryGetValue(name, out var dyno) || dyno.Id != before.Started[name]) }
            : new Reading.Done(new { }, before.Started.Count == 0 ? "no dyno ran" : $"{string.Join(", ", before.Started.Keys)} up again");
    }

    /// <summary>One-off dynos, release phases among them, aren't restarted but ended.</summary>
    private async Task<IEnumerable<Dyno>> DynosAsync(CancellationToken ct) =>
        (await heroku.ListDynosAsync(app, ct)).Where(dyno => dyno.Type is not ("run" or "release" or "scheduler") && (which is null || which == dyno.Name || which == dyno.Type));

    /// <param name="Started">Name of a dyno to its id, which it doesn't keep; times are too coarse to tell two lives apart.</param>
    internal sealed record Before(IReadOnlyDictionary<string, HerokuId<Dyno>> Started);
}
