namespace Cake.Heroku;

/// <summary>What <c>heroku pg:…</c> does in more than one request, each judged by what is read back.</summary>
public sealed class HerokuDatabases(IHerokuApi api, IHerokuDataApi data, HerokuWaiting waiting)
{
    private const string Primary = "DATABASE";

    /// <summary>The one attachment that a name means: of an attachment, of its config var, or of an add-on.</summary>
    /// <exception cref="HerokuApiException">None, or add-ons that differ: <c>not_found</c>, <c>multiple_matches</c>.</exception>
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
                ?? throw Refused(app, "not_found", $"{app} has no database {database}. It has: {string.Join(", ", all.Select(a => a.Name))}.");
        }
    }

    /// <summary>
    /// <c>heroku pg:promote</c>: makes a database the app's primary. The old primary keeps a name of its own. Already promoted is a success.
    /// </summary>
    /// <exception cref="HerokuFailedException">Read back, <c>DATABASE</c> is another's, or the release of the change failed.</exception>
    public async Task<Attachment> PromoteAsync(AppName app, string database, TimeSpan patience, CancellationToken ct)
    {
        var wanted = await FindAsync(app, database, ct);
        var before = await api.ListAttachmentsAsync(app, ct);
        var old = before.FirstOrDefault(attachment => attachment.Name == Primary);
        if (old is null || old.Addon.Id != wanted.Addon.Id || old.Namespace != wanted.Namespace)
        {
            await KeepReachableAsync(app, old, before, ct);
            await RefuseUnreadyAsync(wanted.Addon, ct);
            await api.AttachAddonAsync(new NewAttachment(wanted.Addon.Name, app) { Name = Primary, Namespace = wanted.Namespace, Confirm = app }, ct);
            await MovePoolAsync(app, wanted, before, ct);
        }

        await AwaitReleaseAsync(app, patience, ct);
        return await ReadBackAsync(app, wanted, ct);
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
    public async Task<Transfer> RestoreAsync(AppName app, string backup, string database, TimeSpan patience, CancellationToken ct)
    {
        var found = await FindAsync(app, database, ct);
        var transfers = await data.ListTransfersAsync(app, ct);
        var from = transfers.FirstOrDefault(transfer => transfer.IsBackup && transfer.Name == backup)
            ?? throw Refused(app, "not_found", $"{app} has no backup {backup}.");
        if (from is not { Succeeded: true, ToUrl: { } url })
        {
            throw Refused(app, "unprocessable_entity", $"Backup {backup} of {app} has not succeeded: there is nothing to restore.");
        }

        var begun = await data.RestoreAsync(found.Addon.Id, new(url), ct);
        return await waiting.ForTransferAsync(app, begun.Id, patience, ct);
    }

    /// <summary>A database whose only name is <c>DATABASE</c> would lose it: it gets another first.</summary>
    private async Task KeepReachableAsync(AppName app, Attachment? old, IReadOnlyList<Attachment> all, CancellationToken ct)
    {
        if (old is not null && all.Count(attachment => attachment.Addon.Id == old.Addon.Id && attachment.Namespace == old.Namespace) == 1)
        {
            await api.AttachAddonAsync(new NewAttachment(old.Addon.Name, app) { Namespace = old.Namespace, Confirm = app }, ct);
        }
    }

    private async Task RefuseUnreadyAsync(AttachedAddon addon, CancellationToken ct)
    {
        var status = await data.GetWaitStatusAsync(addon.Id, ct);
        if (status.IsWaiting || status.IsError)
        {
            throw new HerokuFailedException($"{addon.Name} is not ready ({status.Message}): it was not promoted.");
        }
    }

    private async Task MovePoolAsync(AppName app, Attachment wanted, IReadOnlyList<Attachment> all, CancellationToken ct)
    {
        if (all.FirstOrDefault(attachment => attachment.Name == "DATABASE_CONNECTION_POOL") is { } pool)
        {
            await api.AttachAddonAsync(new NewAttachment(wanted.Addon.Name, app) { Name = pool.Name, Namespace = "connection-pooling:default", Confirm = app }, ct);
        }
    }

    private async Task AwaitReleaseAsync(AppName app, TimeSpan patience, CancellationToken ct)
    {
        var formation = await api.ListFormationAsync(app, ct);
        if (formation.Any(process => process.Type == "release"))
        {
            await waiting.ForNewestReleaseAsync(app, patience, ct);
        }
    }

    private async Task<Attachment> ReadBackAsync(AppName app, Attachment wanted, CancellationToken ct)
    {
        var primary = await api.GetAttachmentAsync(app, Primary, ct);
        return primary.Addon.Id == wanted.Addon.Id
            ? primary
            : throw new HerokuFailedException($"{wanted.Addon.Name} is not the primary database of {app}: {primary.Addon.Name} is.");
    }

    private static Attachment Only(AppName app, string database, IReadOnlyList<Attachment> found) => found.DistinctBy(attachment => attachment.Addon.Id).Count() switch
    {
        1 => found.FirstOrDefault(attachment => attachment.Name == database) ?? found[0],
        0 => throw Refused(app, "not_found", $"{app} has no database {database}."),
        _ => throw Refused(app, "multiple_matches", $"{database} may mean {string.Join(" or ", found.Select(a => a.Addon.Name))}: name one."),
    };

    private static HerokuApiException Refused(AppName app, string id, string message) => new(message, new("POST", $"/apps/{app}")) { Id = id };
}
