using Cake.Heroku;
using ReleaseTasks.Options;
using ReleaseTasks.Plans;
using ReleaseTasks.Sandbox;

namespace ReleaseTasks.Running;

/// <summary>Designs the stage of a project's rehearsal: its own commits, people and plan; its app as the plan, or better Heroku, describes it.</summary>
internal sealed class StageDesigner(ReleaseOptions options, ReleaseArguments arguments, RolloutSubject subject, ProjectCheckout checkout)
{
    private const string Postgres = "heroku-postgresql:";
    private const string Primary = "DATABASE";

    /// <summary>By the plan alone: the config vars that it names, and one database, under the names that it has in the plan.</summary>
    /// <exception cref="RefusedException">A branch is missing.</exception>
    public Stage Design() => new()
    {
        App = options.App,
        Release = FirstVersion,
        ConfigVars = [.. subject.Plan.Steps.Select(step => NameOf(step.Work)).OfType<string>().Distinct()],
        Databases = [new(Postgres + "standard-0", [.. Sources.Prepend(Primary).Distinct()])],
        Repository = options.Repository,
        Checkout = checkout.Folder,
        MainBranch = options.MainBranch,
        Base = Commit(options.MainBranch, remoteFirst: true),
        PullRequest = DesignPullRequest(),
        People = [.. options.LeadingDevelopers.Concat(options.Ops).Concat(options.Team)],
    };

    /// <summary>The same, like the real app: its config vars by name, its databases and its formation. No value is read into the stage.</summary>
    public async Task<Stage> DesignLikeAsync(IHerokuApi heroku, CancellationToken ct)
    {
        var app = new AppName(options.App);
        var databases = (await heroku.ListAttachmentsAsync(app, ct))
            .Where(attachment => attachment.Addon.Plan?.Name.StartsWith(Postgres, StringComparison.Ordinal) == true)
            .GroupBy(attachment => attachment.Addon.Id)
            .Select(group => new StagedDatabase(group.First().Addon.Plan!.Name, [.. group.Select(attachment => attachment.Name)]))
            .ToList();
        return Design() with
        {
            Release = Math.Max((await heroku.ListNewestReleasesAsync(app, 1, ct)).Select(release => release.Version).FirstOrDefault(), FirstVersion),
            ConfigVars = [.. (await heroku.GetConfigVarsAsync(app, ct)).Keys],
            Databases = databases,
            Formation = (await heroku.ListFormationAsync(app, ct)).ToDictionary(formation => formation.Type, formation => formation.Quantity),
        };
    }

    // Two that every app has, and the deploy.
    private static int FirstVersion => 3;

    private IEnumerable<string> Sources => subject.Plan.Steps.Select(step => step.Work).SelectMany(work => work switch
    {
        Work.CreateRollbackDatabase database => new[] { database.Source },
        Work.BackUpDatabase { Database: { } database } => [database],
        _ => [],
    });

    private StagedPullRequest DesignPullRequest()
    {
        var branch = subject.PullRequest?.HeadRef ?? arguments.Branch ?? checkout.CurrentBranch;
        if (branch == options.MainBranch)
        {
            throw new RefusedException($"{branch} is checked out, the branch that pull requests go to. Nothing was changed. Name the one to rehearse: --branch=NAME.");
        }

        var author = subject.PullRequest?.Author?.Login ?? options.Ops.Concat(options.Team).Except(options.LeadingDevelopers).FirstOrDefault() ?? "author";
        return new(
            NumberInPlan ?? subject.PullRequest?.Number ?? 1,
            subject.PullRequest?.Title ?? branch,
            subject.Markdown,
            author,
            branch,
            subject.Head?.ToString() ?? Commit(branch, remoteFirst: false),
            [.. options.LeadingDevelopers.Where(login => !login.Equals(author, StringComparison.OrdinalIgnoreCase))],
            options.Approvals.RequiredChecks);
    }

    private int? NumberInPlan => subject.Plan.RollOut.Select(step => step.Work).OfType<Work.MergePullRequest>().FirstOrDefault()?.Number;

    private string Commit(string branch, bool remoteFirst) => checkout.Find(branch, remoteFirst)
        ?? throw new RefusedException($"{checkout.Folder} has no branch '{branch}'. Nothing was changed. Fetch it, or name another one.");

    private static string? NameOf(Work work) => work switch
    {
        Work.BackUpConfigVar backup => backup.Name,
        _ => work.ChangedVar,
    };
}
