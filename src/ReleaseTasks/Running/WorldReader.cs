using Cake.Heroku;
using ReleaseTasks.Journals;
using ReleaseTasks.Options;
using ReleaseTasks.Plans;
using ReleaseTasks.Steps;

namespace ReleaseTasks.Running;

/// <summary>Reads what the lint wants to know of the world that a plan is about.</summary>
/// <param name="subject">Null where it couldn't be read.</param>
/// <param name="exposes">Whether a text holds what a config var keeps secret.</param>
internal sealed class WorldReader(RolloutSubject? subject, ReleaseOptions options, IProjectTasks tasks, Func<string, bool> exposes)
{
    private const string Postgres = "heroku-postgresql";

    /// <summary>What is known without asking anyone: enough for a plan in a file.</summary>
    public PlanWorld Offline => new()
    {
        App = options.App,
        PullRequest = subject?.PullRequest?.Number,
        Title = subject?.PullRequest?.Title,
        Ops = [.. options.Ops],
        Author = subject?.PullRequest?.Author?.Login,
        HasRollbackDatabase = subject?.Preparation?.Outdated is null && RollbackDatabases.Any(step => step.IsFinished),
        Tasks = [.. tasks.Names],
        Exposing = [.. Exposing()],
        CarriedOut = plan => Route.Of(plan).Select(leg => leg.Step),
    };

    public async Task<PlanWorld> ReadAsync(ReleaseServices services, CancellationToken ct)
    {
        var all = await services.Heroku.ListAttachmentsAsync(new AppName(options.App), ct);
        return Offline with
        {
            Now = services.Time.GetUtcNow(),
            Attachments = [.. await DatabasesAsync(all.Where(attachment => !IsMadeByUs(attachment.Addon.Name)), services, ct)],
            OutdatedRollbackDatabase = all.Any(attachment => attachment.Addon.Name == subject?.Preparation?.Outdated) ? subject?.Preparation?.Outdated : null,
        };
    }

    /// <summary>Where it is over two lines, no line tells.</summary>
    private IEnumerable<int> Exposing() => subject?.Markdown is not { } markdown || !exposes(markdown) ? []
        : markdown.Split('\n').Index().Where(line => exposes(line.Item)).Select(line => line.Index + 1).DefaultIfEmpty(1);

    private static async Task<IEnumerable<KnownAttachment>> DatabasesAsync(IEnumerable<Attachment> all, ReleaseServices services, CancellationToken ct)
    {
        var databases = all.Where(a => a.Addon.Plan?.Name.StartsWith(Postgres, StringComparison.Ordinal) == true).ToList();
        var primary = databases.FirstOrDefault(a => a.Name == "DATABASE")?.Addon.Id;

        // The primary has two attachments, and is asked once.
        var earliest = databases.Select(a => a.Addon.Id).Distinct()
            .ToDictionary(id => id, async id => (await services.Data.GetDatabaseAsync(id, ct)).EarliestRollback);
        return await Task.WhenAll(databases.Select(async a => new KnownAttachment(
            a.Name, a.Addon.Name, a.Addon.Plan!.Name, a.Addon.Id == primary, await earliest[a.Addon.Id])));
    }

    private IEnumerable<StepRecord> RollbackDatabases => subject?.State.Steps.Where(step => step.Name.StartsWith(CreateRollbackDatabase.StepName, StringComparison.Ordinal)) ?? [];

    /// <summary>What this roll-out has made already isn't what its plan found.</summary>
    private bool IsMadeByUs(string addon) => RollbackDatabases.Any(step => step.BeforeAs<CreateRollbackDatabase.Before>().Name == addon);
}
