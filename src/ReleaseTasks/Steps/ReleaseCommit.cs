using Cake.Heroku;
using ReleaseTasks.GitHub;

namespace ReleaseTasks.Steps;

/// <summary>
/// Builds a commit and follows its release through the release phase. The build carries the commit's name as its version, so that a
/// second run finds it.
/// </summary>
internal sealed class ReleaseCommit(AppName app, Func<CommitSha> commit, IHerokuApi heroku, IHerokuStreams streams, IGitHub github, TimeSpan deadline, bool simulated) : Step<ReleaseCommit.Before>
{
    public const string StepName = "release";

    public override string Name => StepName;

    public override string Title => "Release the merge commit";

    public override TimeSpan? Deadline => deadline;

    protected override async Task<Before> ObserveAsync(CancellationToken ct)
    {
        var current = await heroku.GetCurrentReleaseAsync(app, ct);
        var builds = await BuildsAsync(ct);
        return new(current.Version, [.. builds.Select(build => build.Id)]);
    }

    protected override string Effect(Before before) => $"release v{before.Current} → next";

    protected override async Task ApplyAsync(Before before, CancellationToken ct)
    {
        if (await ReadBackAsync(before, ct) is not (Reading.Failed or Reading.NotYet { UnderWay: false }))
        {
            return;
        }

        var source = (await heroku.CreateSourceAsync(ct)).SourceBlob;
        await using (var tarball = await github.OpenTarballAsync(commit(), ct))
        {
            await streams.PutSourceAsync(source, tarball, ct);
        }

        await heroku.CreateBuildAsync(app, new(new SourceBlob(source.GetUrl) { Version = commit().ToString() }), ct);
    }

    protected override async Task<Reading> ReadBackAsync(Before before, CancellationToken ct) => await FindAsync(before, ct) switch
    {
        null => new Reading.NotYet("not begun"),
        { Status: BuildStatus.Pending } => new Reading.NotYet($"building {commit().Abbreviated}") { UnderWay = true },
        { Status: BuildStatus.Succeeded, Release: { } release } => await ReadReleaseAsync(release.Id, ct),
        { Status: BuildStatus.Succeeded } => new Reading.NotYet("built, not released yet") { UnderWay = true },
        var failed => new Reading.Failed($"the build of {commit().Abbreviated} {failed.Status}. {app} still runs v{before.Current}."),
    };

    private async Task<Reading> ReadReleaseAsync(HerokuId<Release> id, CancellationToken ct)
    {
        var release = await heroku.GetReleaseAsync(app, id, ct);
        return release.Status switch
        {
            ReleaseStatus.Pending => new Reading.NotYet($"v{release.Version}: release phase is running") { UnderWay = true },
            ReleaseStatus.Succeeded when release.Current => new Reading.Done(new Released(release.Id, release.Version, commit()), $"v{release.Version} of {commit().Abbreviated} is current") { Simulated = simulated },
            ReleaseStatus.Succeeded => new Reading.NotYet($"v{release.Version} is not current yet") { UnderWay = true },
            var status => new Reading.Failed($"v{release.Version} of {commit().Abbreviated} {status}: its release phase did not succeed. The release before it is still current, but the database may be half way. `heroku releases:output v{release.Version} --app {app}` shows what happened."),
        };
    }

    private async Task<Build?> FindAsync(Before before, CancellationToken ct) =>
        (await BuildsAsync(ct)).FirstOrDefault(build => build.SourceBlob.Version == commit().ToString() && !before.EarlierBuilds.Contains(build.Id));

    /// <summary>Newest first: after a failed attempt the last one counts.</summary>
    private Task<IReadOnlyList<Build>> BuildsAsync(CancellationToken ct) => heroku.ListNewestBuildsAsync(app, 20, ct);

    internal sealed record Before(int Current, IReadOnlyList<HerokuId<Build>> EarlierBuilds);

    internal sealed record Released(HerokuId<Release> Id, int Version, CommitSha Commit);
}
