using Cake.Heroku;
using NodaTime;
using ReleaseTasks.Gates;
using ReleaseTasks.Options;
using ReleaseTasks.Plans;
using ReleaseTasks.Steps;

namespace ReleaseTasks.Running;

/// <summary>Gathers what the gates look at, and asks them all. Reads only.</summary>
/// <param name="world">What the lint has looked at already.</param>
internal sealed class Preflight(RolloutSubject subject, PlanWorld world, ReleaseOptions options, ReleaseServices services)
{
    private readonly AppName _app = new(options.App);

    public async Task<IReadOnlyList<GateResult>> AskAsync(IReadOnlyList<Gate> gates, CancellationToken ct) =>
        Gatekeeper.Ask(gates, await GatherAsync(ct));

    private async Task<GateFacts> GatherAsync(CancellationToken ct) => new()
    {
        Now = services.Time.GetUtcNow(),
        Rules = Rules(),
        Plan = subject.Plan,
        Expected = Expected(subject.Plan),
        HasBegun = subject.State.HasTouchedTheWorld,
        PullRequest = subject.PullRequest is { } pullRequest
            ? await PullRequestFacts.ReadAsync(services.GitHub, pullRequest.Number, services.Time, ct) with
            {
                ApprovedHead = subject.State.HasTouchedTheWorld ? subject.Head : null,
            }
            : null,
        App = await AppAsync(ct),
    };

    /// <summary>What the author says that the steps may take; a step without a word of it takes no time worth counting.</summary>
    internal static TimeSpan Expected(RolloutPlan plan) =>
        plan.RollOut.Select(step => (step.Work as Work.Deploy)?.Expected ?? TimeSpan.Zero).Aggregate(TimeSpan.Zero, (sum, next) => sum + next);

    private GateRules Rules() => new()
    {
        LeadingDevelopers = options.LeadingDevelopers,
        Ops = options.Ops,
        MainBranch = options.MainBranch,
        RequiredChecks = options.Approvals.RequiredChecks,
        CountStaleApprovals = options.Approvals.CountStale,
        Window = options.Environment == ReleaseEnvironment.Sandbox ? null : Window(options.DeploymentWindow),
    };

    internal static DeploymentWindow Window(DeploymentWindowOptions window) => new()
    {
        From = LocalTime.FromTimeOnly(window.From),
        Until = LocalTime.FromTimeOnly(window.To),
        Zone = DateTimeZoneProviders.Tzdb[window.TimeZone],
    };

    private async Task<AppFacts> AppAsync(CancellationToken ct)
    {
        var app = await services.Heroku.GetAppAsync(_app, ct);
        var releases = await services.Heroku.ListNewestReleasesAsync(_app, 5, ct);
        var account = await services.Heroku.GetAccountAsync(ct);
        return new()
        {
            Name = options.App,
            Account = account.Email,
            AccountIsTeamAdmin = app.Team is not null && await services.Heroku.HasOwnersRightsAsync(app, account, ct),
            Owner = app.Owner.Email,
            RequestsLeft = (await services.Heroku.GetRateLimitAsync(ct)).Remaining,
            HasPreboot = (await services.Heroku.GetFeatureAsync(_app, "preboot", ct)).Enabled,
            ForeignLock = await ForeignLockAsync(ct),
            PendingRelease = releases.FirstOrDefault(release => release.Status == ReleaseStatus.Pending)?.Version,
            EarliestRollback = Rollbackable(world),
        };
    }

    private async Task<string?> ForeignLockAsync(CancellationToken ct)
    {
        await using var held = new RolloutLock(services.GitHub, options.App, subject.Id, services.Time);
        return await held.FindForeignHolderAsync(ct);
    }

    private static Dictionary<string, DateTimeOffset> Rollbackable(PlanWorld world) =>
        (world.Attachments ?? []).Where(a => a.EarliestRollback is not null).ToDictionary(a => a.Name, a => a.EarliestRollback!.Value);
}
