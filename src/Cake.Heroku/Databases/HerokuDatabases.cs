namespace Cake.Heroku;

/// <summary>What <c>heroku pg:…</c> does in more than one request, each judged by what is read back.</summary>
public sealed class HerokuDatabases(IHerokuApi api, IHerokuDataApi data, HerokuReleases releases, HerokuWaiting waiting)
{
    private const string Primary = "DATABASE";

    /// <summary>The one attachment that a name means: of an attachment, of its config var, or of an add-on.</summary>
    /// <exception cref="HerokuFailedException">None, or several.</exception>
    public async Task<Attachment> FindAsync(AppName app, string database, CancellationToken ct)
    {
        try
        {
            var found = await api.ResolveAttachmentsAsync(new(database, app), ct);
            return Only(app, database, found);
        }
        catch (HerokuApiException e) when (e.Id == "not_found")
        {
            // Heroku knows attachments by their name; people also say the name of the config var.
            var all = await api.ListAttachmentsAsync(app, ct);
            return all.FirstOrDefault(attachment => attachment.ConfigVars.Contains(database) || attachment.Name + "_URL" == database)
                ?? throw new HerokuFailedException($"{app} has no database {database}. It has: {string.Join(", ", all.Select(a => a.Name))}.");
        }
    }

    /// <summary>
    /// <c>heroku pg:promote</c>: makes a database the app's primary. The old primary keeps a name of its own. Already promoted is a success.
    /// </summary>
    /// <exception cref="HerokuFailedException">Not ready, still following; or, read back, another is primary, or the change's release failed.</exception>
    public async Task<Attachment> PromoteAsync(AppName app, string database, TimeSpan patience, CancellationToken ct)
    {
        var wanted = await FindAsync(app, database, ct);
        var all = await api.ListAttachmentsAsync(app, ct);
        var old = all.FirstOrDefault(attachment => attachment.Name == Primary);
        if (old is null || !IsSameDatabase(old, wanted))
        {
            await RefuseUnreadyAsync(wanted.Addon, ct);
            await KeepReachableAsync(app, old, all, ct);
            await releases.FollowAsync(app, () => MakePrimaryAsync(app, wanted, all, ct), patience, ct);
        }

        return await ReadBackAsync(app, wanted, ct);
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
        return await waiting.ForDatabaseAsync(found.Addon.Id, patience, ct);
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
    public async Task<Transfer> RestoreAsync(AppName app, string backup, string database, string confirm, TimeSpan patience, CancellationToken ct)
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

    private async Task RefuseUnreadyAsync(AttachedAddon addon, CancellationToken ct)
    {
        var status = await data.GetWaitStatusAsync(addon.Id, ct);
        if (status.IsWaiting || status.IsError)
        {
            throw new HerokuFailedException($"{addon.Name} is not ready ({status.Message}): it was not promoted.");
        }

        var database = await data.GetDatabaseAsync(addon.Id, ct);
        if (database.Following is not null)
        {
            throw new HerokuFailedException($"{addon.Name} follows another database and would go on doing so: it was not promoted. Unfollow it first.");
        }
    }

    /// <summary>A database whose only name is <c>DATABASE</c> would lose it: it gets another first.</summary>
    private async Task KeepReachableAsync(AppName app, Attachment? old, IReadOnlyList<Attachment> all, CancellationToken ct)
    {
        if (old is not null && all.Count(attachment => IsSameDatabase(attachment, old)) == 1)
        {
            await api.AttachAddonAsync(new NewAttachment(old.Addon.Name, app) { Namespace = old.Namespace, Confirm = app }, ct);
        }
    }

    private async Task<Attachment> MakePrimaryAsync(AppName app, Attachment wanted, IReadOnlyList<Attachment> all, CancellationToken ct)
    {
        var primary = await api.AttachAddonAsync(new NewAttachment(wanted.Addon.Name, app) { Name = Primary, Namespace = wanted.Namespace, Confirm = app }, ct);
        if (all.FirstOrDefault(attachment => attachment.Name == "DATABASE_CONNECTION_POOL") is { } pool)
        {
            await api.AttachAddonAsync(new NewAttachment(wanted.Addon.Name, app) { Name = pool.Name, Namespace = pool.Namespace, Confirm = app }, ct);
        }

        return primary;
    }

    private async Task<Attachment> ReadBackAsync(AppName app, Attachment wanted, CancellationToken ct)
    {
        var primary = await api.GetAttachmentAsync(app, Primary, ct);
        return IsSameDatabase(primary, wanted)
            ? primary
            : throw new HerokuFailedException($"{wanted.Addon.Name} is not the primary database of {app}: {primary.Addon.Name} is.");
    }

    private static bool IsSameDatabase(Attachment one, Attachment other) => one.Addon.Id == other.Addon.Id && one.Namespace == other.Namespace;

    private static Attachment Only(AppName app, string database, IReadOnlyList<Attachment> found) => found.DistinctBy(attachment => attachment.Addon.Id).Count() switch
    {
        1 => found.FirstOrDefault(attachment => attachment.Name == database) ?? found.FirstOrDefault(attachment => attachment.Namespace is null) ?? found[0],
        0 => throw new HerokuFailedException($"{app} has no database {database}."),
        _ => throw new HerokuFailedException($"{database} may mean {string.Join(" or ", found.Select(a => a.Addon.Name))}: name one."),
    };
}
