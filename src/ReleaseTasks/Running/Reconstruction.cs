using Cake.Heroku;
using ReleaseTasks.GitHub;
using ReleaseTasks.Journals;
using ReleaseTasks.Plans;
using ReleaseTasks.Steps;

namespace ReleaseTasks.Running;

/// <summary>
/// A roll-out as Heroku and GitHub themselves remember it, for a rollback that has nothing but a copy which anybody could have written: no
/// name, version, revision or value is taken from that. What it claims is only compared, and contradictions are refused.
/// </summary>
/// <param name="known">What is claimed, and what this checkout knows.</param>
/// <param name="recognisers">What the project understands in a plan.</param>
internal sealed class Reconstruction(
    Recollection known, AppName app, ReleaseServices services, IReadOnlyList<IStepRecogniser> recognisers)
{
    /// <summary>Further back than this no roll-out is undone.</summary>
    private const int Recent = 100;

    private string DatabaseName => $"{known.Id}-rollback";

    /// <summary>The journal's lines that it would have, as far as this checkout has none of its own.</summary>
    /// <exception cref="RefusedException">The copy claims what Heroku and GitHub remember otherwise.</exception>
    public async Task<IReadOnlyList<JournalLine>> LinesAsync(CancellationToken ct)
    {
        var number = known.Id.PullRequest ?? throw Refused("it has no pull request that GitHub could be asked about");
        var pullRequest = await services.GitHub.GetPullRequestAsync(number, ct);
        var commit = pullRequest.State == PullRequestState.Merged ? pullRequest.MergeCommit : null;
        var builds = commit is null ? [] : await BuildsAsync(commit, ct);
        var state = known.Known;
        var isReleased = builds.Count > 0 && state.Find(ReleaseCommit.StepName) is null;
        return
        [
            .. state.Exists ? [] : await BeginningAsync(pullRequest, builds, ct),
            .. commit is null || state.Find(MergePullRequest.StepName) is { IsFinished: true } ? [] : Merged(commit, state),
            .. isReleased ? [Started(ReleaseCommit.StepName, "Release the merge commit", new { })] : (JournalLine[])[],
            .. state.Find(CreateRollbackDatabase.StepName) is { IsFinished: true } ? [] : await DatabaseAsync(state, ct),
        ];
    }

    private async Task<IReadOnlyList<Build>> BuildsAsync(CommitSha commit, CancellationToken ct) =>
        [.. (await services.Heroku.ListNewestBuildsAsync(app, Recent, ct)).Where(build => build.SourceBlob.Version == commit.ToString())];

    private async Task<IReadOnlyList<JournalLine>> BeginningAsync(
        PullRequest pullRequest, IReadOnlyList<Build> builds, CancellationToken ct)
    {
        var now = await services.AppReader.ReadWithoutDatabaseAsync(app, ct);
        if (now.Primary == DatabaseName)
        {
            throw Refused($"{AppState.PrimaryName} is {DatabaseName}, and which database it took the place of nobody can vouch for");
        }

        var found = builds.Count == 0 ? now : await AsFoundAsync(now, builds, ct);
        return
        [
            new RolloutStarted(
                known.Id, known.Id.App, pullRequest.Number, pullRequest.Head.ToString(), pullRequest.Body,
                Environment.UserName, Environment.MachineName)
            {
                Key = (await services.Keys.FindAsync(ct))?.Id,
                Wording = RolloutSubject.WordingOf(PlanMarkdown.Parse(pullRequest.Body, recognisers)),
            },
            Started(RecordState.StepName, "How the app was found, by Heroku's own list of releases", found) with { OnlyReads = true },
            Finished(RecordState.StepName, found, found.Summary),
        ];
    }

    /// <summary>
    /// The release before the roll-out's first; the claimed one, where that has the same code: config vars may have been changed in
    /// between.
    /// </summary>
    private async Task<AppState> AsFoundAsync(AppState now, IReadOnlyList<Build> builds, CancellationToken ct)
    {
        var ours = builds.Select(build => build.Release?.Id).OfType<HerokuId<Release>>().ToHashSet();
        var releases = await services.Heroku.ListNewestReleasesAsync(app, Recent, ct);
        var first = releases.Where(release => ours.Contains(release.Id)).Min(release => (int?)release.Version);
        var before = releases
            .Where(release => release.Status == ReleaseStatus.Succeeded && release.Version < first)
            .MaxBy(release => release.Version);
        if (before is null)
        {
            return now;
        }

        var claim = RecordState.FoundIn(known.State)?.Release;
        var claimed = claim is null ? before : releases.FirstOrDefault(release => IsMeant(release, claim, before))
            ?? throw Refused($"it says that v{claim.Version} was current before, and by Heroku's own list that was v{before.Version} " +
                $"({before.Description})");
        var configVars = await services.Heroku.GetReleaseConfigVarsAsync(app, claimed.Version, ct);
        var fingerprint = await services.Keys.FingerprintAsync(configVars, ct);
        return now with
        {
            Release = new(claimed.Id, claimed.Version, claimed.Description, claimed.Slug?.Id),
            ConfigVars = configVars.ToDictionary(v => v.Key, v => fingerprint.Of(v.Value)),
            SchemaRevision = (await services.AppReader.ReadDatabaseAsync(app, DatabaseName, ct)).Revision,
            SchemaNote = "told by the rollback database",
        };
    }

    private static bool IsMeant(Release release, ReleaseState claim, Release before) =>
        release.Id == claim.Id
        && release.Version == claim.Version
        && release.Version <= before.Version
        && release.Slug?.Id == before.Slug?.Id;

    private static IReadOnlyList<JournalLine> Merged(CommitSha commit, RunState state) =>
    [
        .. state.Find(MergePullRequest.StepName) is null
            ? [Started(MergePullRequest.StepName, "Merge the pull request", new { })]
            : (JournalLine[])[],
        Finished(MergePullRequest.StepName, new MergePullRequest.Merged(commit), $"merged as {commit.Abbreviated}, by GitHub's own word"),
    ];

    private async Task<IReadOnlyList<JournalLine>> DatabaseAsync(RunState state, CancellationToken ct)
    {
        var addons = await services.Heroku.ListAddonsAsync(app, ct);
        if (addons.FirstOrDefault(addon => addon.Name == DatabaseName && addon.IsPostgres) is not { } database)
        {
            return [];
        }

        var primary = (await services.AppReader.ReadWithoutDatabaseAsync(app, ct)).Primary ?? "";
        var ordered = new CreateRollbackDatabase.Before(primary, database.Plan.Name, database.Name, null, database.CreatedAt);
        var created = new CreateRollbackDatabase.Created(database.Id, database.Name, [.. database.ConfigVars]);
        return
        [
            .. state.Find(CreateRollbackDatabase.StepName) is null
                ? [Started(CreateRollbackDatabase.StepName, $"Create rollback database {database.Name}", ordered)]
                : (JournalLine[])[],
            Finished(CreateRollbackDatabase.StepName, created, $"{database.Name} is there"),
        ];
    }

    private static StepStarted Started(string step, string title, object before) => new(step, title, JournalFormat.ToElement(before));

    private static StepFinished Finished(string step, object after, string evidence) =>
        new(step, JournalFormat.ToElement(after), evidence, Simulated: false);

    private RefusedException Refused(string why) => new(
        $"{known.Id} can't be rolled back from its copy on GitHub, for {known.WhyEvidence}, and {why}. Nothing was changed. " +
        $"Roll it back from the checkout where it was begun, or by hand: `heroku releases --app {app}` shows what there was.");
}
