using Cake.Heroku;
using ReleaseTasks.Journals;
using ReleaseTasks.Options;
using ReleaseTasks.Reports;
using ReleaseTasks.Steps;

namespace ReleaseTasks.Running;

/// <summary>Looks for what roll-outs left behind: databases that cost money, a lock, a closed door, a dyno. Changes nothing.</summary>
/// <param name="all">The roll-outs that this checkout remembers, the one that matters first.</param>
internal sealed class LeftoverFinder(IReadOnlyList<RunState> all, ReleaseOptions options, ReleaseServices services)
{
    private readonly AppName _app = new(options.App);

    private bool IsAnyUnderWay => all.Any(state => state.IsUnderWay);

    public async Task<IReadOnlyList<Leftover>> FindAsync(CancellationToken ct) =>
        [.. await DatabasesAsync(ct), .. await LockAsync(ct), .. await MaintenanceAsync(ct), .. await DynosAsync(ct)];

    /// <summary>
    /// Rollback databases, by the name that this program gives them. What was production's before a rollback is none, whoever left it; nor
    /// is one that somebody uses.
    /// </summary>
    private async Task<IEnumerable<Leftover>> DatabasesAsync(CancellationToken ct)
    {
        var left = new List<Leftover>();
        foreach (var addon in (await services.Heroku.ListAddonsAsync(_app, ct)).Where(addon => addon.IsPostgres && IsOurs(addon)))
        {
            if (await services.Heroku.FindUseAsync(_app, addon.Id, ct) is null)
            {
                left.Add(new("database", $"rollback database {addon.Name}", addon.CreatedAt, Price(addon), Next(addon)));
            }
        }

        return left;
    }

    private bool IsOurs(Addon addon) => !WasFoundAsPrimary(addon) && (MadeBy(addon) is not null || IsNamedByUs(addon));

    private RunState? MadeBy(Addon addon) => all.FirstOrDefault(state => Made(state)?.Name == addon.Name);

    private bool WasFoundAsPrimary(Addon addon) => all.Any(state => RecordState.FoundIn(state)?.Primary == addon.Name);

    private bool IsNamedByUs(Addon addon) => addon.Name.StartsWith($"{options.App}-pr", StringComparison.Ordinal) && addon.Name.EndsWith("-rollback", StringComparison.Ordinal);

    private static CreateRollbackDatabase.Before? Made(RunState state) => state.Find(CreateRollbackDatabase.StepName)?.BeforeAs<CreateRollbackDatabase.Before>();

    private string Next(Addon addon) => MadeBy(addon) switch
    {
        { IsUnderWay: true } => "none yet, the roll-out is under way",
        { IsFinished: true, Rollback: null, Start.PullRequest: { } number } => $"./build.sh --target=Cleanup --pr={number}",
        _ => $"heroku addons:destroy {addon.Name} --app {options.App}",
    };

    private static string? Price(Addon addon) => (addon.BilledPrice ?? addon.Plan.Price) switch
    {
        null => null,
        { Contract: true } => "price by contract",
        { } price => FormattableString.Invariant($"${price.Cents / 100m:0.##} a {price.Unit}"),
    };

    private async Task<IEnumerable<Leftover>> LockAsync(CancellationToken ct)
    {
        await using var held = new RolloutLock(services.GitHub, options.App, null, services.Time);
        return await held.FindForeignHolderAsync(ct) is { } holder && !IsAnyUnderWay
            ? [new("lock", $"{options.App} is locked by {holder}", null, null, "./build.sh --target=Unlock --reason='why it may go'")]
            : [];
    }

    /// <summary>Closed, though no roll-out is under way that would open it, nor found it so.</summary>
    private async Task<IEnumerable<Leftover>> MaintenanceAsync(CancellationToken ct)
    {
        var closed = (await services.Heroku.GetAppAsync(_app, ct)).Maintenance;
        var wasFoundSo = all is [var last, ..] && last.Find(RecordState.StepName)?.BeforeAs<AppState>().Maintenance == true;
        return closed && !wasFoundSo && !IsAnyUnderWay
            ? [new("maintenance", $"{options.App} is closed to visitors, and no roll-out is under way", null, null, $"heroku maintenance:off --app {options.App}")]
            : [];
    }

    /// <summary>One-off dynos bear the mark of their roll-out in their command.</summary>
    private async Task<IEnumerable<Leftover>> DynosAsync(CancellationToken ct) =>
        (await services.Heroku.ListDynosAsync(_app, ct))
            .Where(dyno => dyno.Type == "run" && MarkedRun.IsOurs(dyno.Command))
            .Select(dyno => new Leftover("dyno", $"one-off dyno {dyno.Name}", dyno.CreatedAt, null, $"heroku ps:stop {dyno.Name} --app {options.App}"));
}
