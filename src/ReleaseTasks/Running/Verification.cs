using Cake.Heroku;
using ReleaseTasks.Journals;
using ReleaseTasks.Monitoring;
using ReleaseTasks.Options;
using ReleaseTasks.Plans;
using ReleaseTasks.Steps;

namespace ReleaseTasks.Running;

/// <summary>Looks at everything that can tell whether a release is good: its dynos, the app's answers, the log, the error tracker.</summary>
internal sealed class Verification(RunState state, RolloutPlan plan, ReleaseOptions options, ReleaseServices services)
{
    private readonly AppName _app = new(options.App);
    private readonly StepRecord _release = state.Find(ReleaseCommit.StepName)
        ?? throw new RefusedException($"{state.Start!.Rollout} released nothing: there is nothing to verify.");

    public async Task<IReadOnlyList<Observation>> LookAsync(CancellationToken ct)
    {
        var released = _release.AfterAs<ReleaseCommit.Released>()!;
        return
        [
            .. await DynosAsync(released.Version, ct),
            .. await SmokeTestsAsync(ct),
            .. Evidence.Of(await services.Logs.ReadAsync(_release.StartedAt, ct), released.Version, _release.StartedAt, OpenSince),
            .. services.Errors is { } errors ? Evidence.Of(await errors.ReadAsync(released.Commit.ToString(), _release.StartedAt, ct)) : [],
        ];
    }

    /// <summary>What the plan asks a person to look at; the error tracker too, where none is configured.</summary>
    public IEnumerable<PlannedStep> ByHand => plan.Verification.Where(step => step.Work is Work.CheckByHand or Work.Manual || (step.Work is Work.WatchErrors && services.Errors is null));

    private DateTimeOffset? OpenSince => state.Find(SetMaintenance.OffStep)?.FinishedAt ?? (state.Find(SetMaintenance.OnStep) is null ? _release.StartedAt : null);

    /// <summary>Every dyno of the formation is up and runs the release, or a later one.</summary>
    private async Task<IEnumerable<Observation>> DynosAsync(int version, CancellationToken ct)
    {
        var end = services.Time.GetUtcNow() + options.Verify.Timeout;
        while (true)
        {
            var dynos = (await services.Heroku.ListDynosAsync(_app, ct)).Where(dyno => dyno.Type is not ("run" or "release" or "scheduler")).ToList();
            var late = dynos.Where(dyno => dyno.State != "up" || dyno.Release.Version < version).ToList();
            if (late.Count == 0 && dynos.Count > 0)
            {
                return [new("dynos", Sign.Good, $"{string.Join(", ", dynos.Select(dyno => dyno.Name))} run v{dynos.Min(dyno => dyno.Release.Version)} and are up.")];
            }

            if (services.Time.GetUtcNow() >= end)
            {
                return dynos.Count == 0
                    ? [new("dynos", Sign.Doubt, "the app has no dynos.")]
                    : [.. late.Select(dyno => new Observation("dynos", Sign.Bad, $"{dyno.Name} is {dyno.State} with v{dyno.Release.Version}, not up with v{version}."))];
            }

            await Task.Delay(options.Verify.Interval, services.Time, ct);
        }
    }

    private async Task<IEnumerable<Observation>> SmokeTestsAsync(CancellationToken ct)
    {
        var web = (await services.Heroku.GetAppAsync(_app, ct)).WebUrl ?? throw new InvalidOperationException($"{_app} has no web address.");
        using var handler = SmokeTester.Handler();
        using var http = new HttpClient(handler);
        var tester = new SmokeTester(http, new(options.Verify.Timeout, options.Verify.Interval), services.Time);
        var observations = new List<Observation>();
        foreach (var url in options.Verify.Paths.Select(path => new Uri(web, path)).Concat(plan.Verification.Select(step => step.Work).OfType<Work.SmokeTest>().Select(test => test.Url)).Distinct())
        {
            observations.Add(await tester.AskAsync(url, ct));
        }

        return observations;
    }
}
