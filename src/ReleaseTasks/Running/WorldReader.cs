using Cake.Heroku;
using ReleaseTasks.Options;
using ReleaseTasks.Plans;

namespace ReleaseTasks.Running;

/// <summary>Reads what the lint wants to know of the world that a plan is about.</summary>
/// <param name="exposes">Whether a text holds what a config var keeps secret.</param>
internal sealed class WorldReader(RolloutSubject subject, ReleaseOptions options, IProjectTasks tasks, Func<string, bool> exposes)
{
    private const string Postgres = "heroku-postgresql";

    /// <summary>What is known without asking anyone: enough for a plan in a file.</summary>
    public PlanWorld Offline => new()
    {
        App = options.App,
        PullRequest = subject.PullRequest?.Number,
        Title = subject.PullRequest?.Title,
        Ops = [.. options.Ops],
        Tasks = [.. tasks.Names],
        Exposing = [.. Exposing()],
        CarriedOut = plan => Route.Of(plan).Select(leg => leg.Step),
    };

    public async Task<PlanWorld> ReadAsync(ReleaseServices services, CancellationToken ct) => Offline with
    {
        Now = services.Time.GetUtcNow(),
        Attachments = [.. await DatabasesAsync(services, ct)],
    };

    /// <summary>Where it is over two lines, no line tells.</summary>
    private IEnumerable<int> Exposing() => !exposes(subject.Markdown) ? []
        : subject.Markdown.Split('\n').Index().Where(line => exposes(line.Item)).Select(line => line.Index + 1).DefaultIfEmpty(1);

    private async Task<IEnumerable<KnownAttachment>> DatabasesAsync(ReleaseServices services, CancellationToken ct)
    {
        var all = await services.Heroku.ListAttachmentsAsync(new AppName(options.App), ct);
        var databases = all.Where(a => a.Addon.Plan?.Name.StartsWith(Postgres, StringComparison.Ordinal) == true).ToList();
        var primary = databases.FirstOrDefault(a => a.Name == "DATABASE")?.Addon.Id;
        var known = new List<KnownAttachment>();
        foreach (var database in databases)
        {
            var earliest = (await services.Data.GetDatabaseAsync(database.Addon.Id, ct)).EarliestRollback;
            known.Add(new(database.Name, database.Addon.Name, database.Addon.Plan!.Name, database.Addon.Id == primary, earliest));
        }

        return known;
    }
}
