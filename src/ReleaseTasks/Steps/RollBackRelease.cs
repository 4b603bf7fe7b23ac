using Cake.Heroku;

namespace ReleaseTasks.Steps;

/// <summary><c>heroku rollback vNN</c>: slug and config vars of that release, as a new one; add-ons and data stay.</summary>
internal sealed class RollBackRelease(AppName app, string name, HerokuId<Release> target, int version, IHerokuApi heroku, TimeSpan deadline) : Step<RollBackRelease.Before>
{
    public override string Name => name;

    public override string Title => $"Roll the code back to v{version}";

    public override TimeSpan? Deadline => deadline;

    protected override async Task<Before> ObserveAsync(CancellationToken ct) => new((await heroku.GetNewestReleaseAsync(app, ct)).Version);

    protected override string Effect(Before before) => $"release v{before.Newest} → a new one with the code and config vars of v{version}";

    protected override async Task ApplyAsync(Before before, CancellationToken ct)
    {
        if (await FindAsync(before, ct) is null or { Status: ReleaseStatus.Failed or ReleaseStatus.Expired })
        {
            await heroku.RollBackAsync(app, target, ct);
        }
    }

    protected override async Task<Reading> ReadBackAsync(Before before, CancellationToken ct) => await FindAsync(before, ct) switch
    {
        null => new Reading.NotYet("not begun"),
        { Status: ReleaseStatus.Pending } pending => new Reading.NotYet($"v{pending.Version}: release phase of the old code is running") { UnderWay = true },
        { Status: ReleaseStatus.Succeeded } done => new Reading.Done(new Rolled(done.Version), $"v{done.Version} has the code of v{version}"),
        var failed => new Reading.Failed($"v{failed.Version}, the rollback to v{version}, {failed.Status}: the old code's release phase did not succeed. `heroku releases:output v{failed.Version} --app {app}` shows why."),
    };

    /// <summary>The newest rollback to that version since the step was begun: its description is Heroku's own.</summary>
    private async Task<Release?> FindAsync(Before before, CancellationToken ct) =>
        (await heroku.ListNewestReleasesAsync(app, 50, ct)).FirstOrDefault(r => r.Version > before.Newest && r.Description == $"Rollback to v{version}");

    internal sealed record Before(int Newest);

    internal sealed record Rolled(int Version);
}
