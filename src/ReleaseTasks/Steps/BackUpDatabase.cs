using Cake.Heroku;

namespace ReleaseTasks.Steps;

/// <summary><c>heroku pg:backups:capture</c>, awaited to its end: a transfer counts only when it has finished and succeeded.</summary>
internal sealed class BackUpDatabase(AppName app, string database, IHerokuApi heroku, IHerokuDataApi data, TimeSpan deadline, bool simulated) : Step<BackUpDatabase.Before>
{
    public const string StepName = "backup-database";

    public override string Name => StepName;

    public override string Title => $"Back up {database}";

    public override TimeSpan? Deadline => deadline;

    protected override async Task<Before> ObserveAsync(CancellationToken ct)
    {
        var attachment = await heroku.FindAttachmentAsync(app, database, ct);
        return new(attachment.Addon.Id, attachment.Addon.Name, [.. (await data.ListTransfersAsync(app, ct)).Select(transfer => transfer.Id)]);
    }

    protected override string Effect(Before before) => $"database {before.Addon} → backed up (it has {before.Earlier.Count} backups)";

    protected override async Task ApplyAsync(Before before, CancellationToken ct)
    {
        if (await FindAsync(before, ct) is null)
        {
            await data.CaptureBackupAsync(before.AddonId, ct);
        }
    }

    protected override async Task<Reading> ReadBackAsync(Before before, CancellationToken ct) => await FindAsync(before, ct) switch
    {
        null => new Reading.NotYet("not begun"),
        { FinishedAt: null } running => new Reading.NotYet($"backup {running.Name}: {running.ProcessedBytes:N0} bytes so far") { UnderWay = true },
        { Succeeded: true } done => new Reading.Done(new Backup(done.Name, done.ProcessedBytes), $"backup {done.Name}, {done.ProcessedBytes:N0} bytes") { Simulated = simulated },
        var failed => new Reading.Failed($"backup {failed.Name} of {before.Addon} failed. Nothing else was changed."),
    };

    /// <summary>Backups can't be named. One of this database that wasn't there before is ours: the lock keeps other roll-outs away.</summary>
    private async Task<Transfer?> FindAsync(Before before, CancellationToken ct) =>
        (await data.ListTransfersAsync(app, ct)).FirstOrDefault(t => t.IsBackup && !before.Earlier.Contains(t.Id));

    internal sealed record Before(HerokuId<Addon> AddonId, string Addon, IReadOnlyList<HerokuId<Transfer>> Earlier);

    internal sealed record Backup(string Name, long Bytes);
}
