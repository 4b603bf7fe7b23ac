namespace Cake.Heroku;

/// <summary>What <c>heroku pg:…</c> does in more than one request, each judged by what is read back.</summary>
public sealed class HerokuDatabases(IHerokuApi api, IHerokuDataApi data, HerokuReleases releases, HerokuWaiting waiting)
{
    private const string PrimaryVar = Attachment.PrimaryDatabase + "_URL";

    /// <summary>The attachment that a name means: see <see cref="DatabaseNames"/>; <c>otherapp::NAME</c> is another app's.</summary>
    /// <exception cref="HerokuFailedException">None.</exception>
    public async Task<Attachment> FindAsync(AppName app, string database, CancellationToken ct)
    {
        var (home, name) = database.Split("::") is [var other, var rest] ? (new AppName(other), rest) : (app, database);
        var all = await api.ListAttachmentsAsync(home, ct);
        return all.FindDatabase(name)
            ?? throw new HerokuFailedException($"{home} has no database {name}. It has: {string.Join(", ", all.Select(a => a.Name))}.");
    }

    /// <summary>
    /// <c>heroku pg:promote</c>: makes a database the app's primary, by <see cref="PromotionPlan"/>. The old primary keeps a name of its
    /// own. Already promoted is a success.
    /// </summary>
    /// <exception cref="HerokuFailedException">Not ready, still following; or, read back, another is primary, or a release
    /// failed.</exception>
    public async Task<Attachment> PromoteAsync(AppName app, string database, TimeSpan patience, CancellationToken ct)
    {
        var wanted = (await FindAsync(app, database, ct)).Target;
        var plan = await PlanAsync(app, wanted, ct);
        if (!plan.IsDone)
        {
            await RefuseUnfitAsync(wanted, ct);
        }

        while (plan.Attachments is [var next, ..])
        {
            await releases.FollowAsync(app, () => api.AttachAddonAsync(next, ct), patience, ct);
            var rest = await PlanAsync(app, wanted, ct);
            plan = rest.Attachments.Count < plan.Attachments.Count
                ? rest
                : throw new HerokuFailedException(
                    $"{app}: {next.Name ?? "another name"} was not attached. DATABASE is {Name(rest.Primary)}.");
        }

        return await RunsWithPrimaryAsync(app, ct)
            ? plan.Primary!
            : throw new HerokuFailedException(
                $"{app}: DATABASE is {Name(plan.Primary)}, but the current release does not run with it: a release since failed.");
    }

    /// <summary>
    /// Whether the current release runs with what <c>DATABASE</c> stands for. An attachment whose release failed is there, but nothing uses
    /// it, and where the Detach before it succeeded the app runs without a database.
    /// </summary>
    public async Task<bool> RunsWithPrimaryAsync(AppName app, CancellationToken ct)
    {
        var releases = await api.ListNewestReleasesAsync(app, HerokuReleases.Few, ct);
        if (releases.FirstOrDefault(release => release.Current) is not { } current)
        {
            return false;
        }

        var running = await api.GetReleaseConfigVarsAsync(app, current.Version, ct);
        var now = await api.GetConfigVarsAsync(app, ct);
        return now.TryGetValue(PrimaryVar, out var address) && running.GetValueOrDefault(PrimaryVar) == address;
    }

    /// <summary><c>heroku pg:info</c></summary>
    public async Task<Database> DescribeAsync(AppName app, string database, CancellationToken ct)
    {
        var found = await FindAsync(app, database, ct);
        return await data.GetDatabaseAsync(found.Addon.Id, ct);
    }

    /// <summary><c>heroku pg:wait</c></summary>
    public async Task<WaitStatus> WaitAsync(AppName app, string database, TimeSpan patience, CancellationToken ct)
    {
        var found = await FindAsync(app, database, ct);
        return await waiting.ForDatabaseAsync(app, found.Target, patience, ct);
    }

    /// <summary><c>heroku pg:backups:capture</c>, to its end.</summary>
    public async Task<Transfer> CaptureAsync(AppName app, string database, TimeSpan patience, CancellationToken ct)
    {
        var found = await FindAsync(app, database, ct);
        var begun = await data.CaptureBackupAsync(found.Addon.Id, ct);
        return await waiting.ForTransferAsync(app, begun.Id, patience, ct);
    }

    /// <summary><c>heroku pg:backups:restore</c>, to its end: overwrites the database with a backup of the same app.</summary>
    /// <param name="backup">Such as <c>b001</c>.</param>
    /// <param name="confirm">The app's name again.</param>
    /// <exception cref="ArgumentException">Another name: nothing was done.</exception>
    public async Task<Transfer> RestoreAsync(
        AppName app, string backup, string database, string confirm, TimeSpan patience, CancellationToken ct)
    {
        Confirmation.Require(app, confirm, $"overwriting {database}");
        var found = await FindAsync(app, database, ct);
        var transfers = await data.ListTransfersAsync(app, ct);
        var from = transfers.FirstOrDefault(transfer => transfer.IsBackup && transfer.Name == backup)
            ?? throw new HerokuFailedException($"{app} has no backup {backup}.");
        if (from is not { Succeeded: true, ToUrl: { } url })
        {
            throw new HerokuFailedException($"Backup {backup} of {app} has not succeeded: there is nothing to restore.");
        }

        var begun = await data.RestoreAsync(found.Addon.Id, new(url), ct);
        return await waiting.ForTransferAsync(app, begun.Id, patience, ct);
    }

    private static string Name(Attachment? primary) => primary?.Addon.Name ?? "missing";

    private async Task<PromotionPlan> PlanAsync(AppName app, AttachmentTarget wanted, CancellationToken ct) =>
        PromotionPlan.Of(app, wanted, await api.ListAttachmentsAsync(app, ct));

    private async Task RefuseUnfitAsync(AttachmentTarget wanted, CancellationToken ct)
    {
        var status = await data.GetWaitStatusAsync(wanted.Id, ct);
        var database = await data.GetDatabaseAsync(wanted.Id, ct);
        if (PromotionPlan.Objection(status, database) is { } objection)
        {
            throw new HerokuFailedException($"Nothing was promoted: {objection}");
        }
    }
}
