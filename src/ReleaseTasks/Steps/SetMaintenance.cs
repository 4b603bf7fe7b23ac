using Cake.Heroku;

namespace ReleaseTasks.Steps;

/// <summary><c>heroku maintenance:on</c> and <c>:off</c>. Routers answer every request with a page of their own meanwhile; dynos go on.</summary>
internal sealed class SetMaintenance(AppName app, string name, string title, bool on, IHerokuApi heroku) : Step<SetMaintenance.Before>
{
    public const string OnStep = "maintenance-on";
    public const string OffStep = "maintenance-off";

    public override string Name => name;

    public override string Title => title;

    public static SetMaintenance On(AppName app, IHerokuApi heroku) => new(app, OnStep, "Close the app to visitors", on: true, heroku);

    public static SetMaintenance Off(AppName app, IHerokuApi heroku) => new(app, OffStep, "Open the app to visitors", on: false, heroku);

    protected override async Task<Before> ObserveAsync(CancellationToken ct) => new((await heroku.GetAppAsync(app, ct)).Maintenance);

    protected override string Effect(Before before) => before.WasOn == on ? $"maintenance {Word(on)}" : $"maintenance {Word(before.WasOn)} → {Word(on)}";

    protected override Task ApplyAsync(Before before, CancellationToken ct) => heroku.SetMaintenanceAsync(app, on, ct);

    protected override async Task<Reading> ReadBackAsync(Before before, CancellationToken ct) =>
        (await heroku.GetAppAsync(app, ct)).Maintenance == on
            ? new Reading.Done(new { On = on }, $"maintenance is {Word(on)}")
            : new Reading.NotYet($"maintenance is still {Word(!on)}");

    private static string Word(bool on) => on ? "on" : "off";

    internal sealed record Before(bool WasOn);
}
