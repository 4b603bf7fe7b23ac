using Cake.Heroku;

namespace ReleaseTasks.Steps;

/// <summary><c>heroku pg:promote DATABASE</c>: the add-on becomes what <c>DATABASE</c> stands for.</summary>
internal sealed class PromoteDatabase(AppName app, string name, string database, IHerokuApi heroku, IHerokuDataApi data, TimeSpan deadline, bool simulated) : Step<PromoteDatabase.Before>
{
    private const string Primary = "DATABASE";

    public override string Name => name;

    public override string Title => $"Promote {database} to primary";

    public override TimeSpan? Deadline => deadline;

    protected override async Task<Before> ObserveAsync(CancellationToken ct)
    {
        var wanted = (await heroku.FindAttachmentAsync(app, database, ct)).Addon;
        var primary = await PrimaryAsync(ct);
        return new(wanted.Name, wanted.Id, primary?.Addon.Name, (await heroku.GetNewestReleaseAsync(app, ct)).Version);
    }

    protected override string Effect(Before before) => $"DATABASE {before.Primary ?? "(none)"} → {before.Wanted}";

    protected override async Task ApplyAsync(Before before, CancellationToken ct)
    {
        if ((await data.GetWaitStatusAsync(before.WantedId, ct)).IsWaiting)
        {
            throw new InvalidOperationException($"{before.Wanted} is not available yet. Promoting it now would lose requests.");
        }

        await KeepReachableAsync(ct);
        if ((await PrimaryAsync(ct))?.Addon.Name != before.Wanted)
        {
            await heroku.AttachAddonAsync(new(before.Wanted, app) { Name = Primary, Confirm = app }, ct);
        }
    }

    protected override async Task<Reading> ReadBackAsync(Before before, CancellationToken ct)
    {
        if ((await PrimaryAsync(ct))?.Addon.Name is var primary && primary != before.Wanted)
        {
            return new Reading.NotYet($"DATABASE is {primary ?? "missing"}");
        }

        var newest = await heroku.GetNewestReleaseAsync(app, ct);
        return newest.Status switch
        {
            ReleaseStatus.Pending => new Reading.NotYet($"v{newest.Version}: release phase is running") { UnderWay = true },
            ReleaseStatus.Succeeded => new Reading.Done(new { before.Wanted }, $"DATABASE is {before.Wanted}") { Simulated = simulated },
            var status when newest.Version > before.Newest => new Reading.Failed($"DATABASE is {before.Wanted}, but v{newest.Version} {status}."),
            _ => new Reading.Done(new { before.Wanted }, $"DATABASE is {before.Wanted}") { Simulated = simulated },
        };
    }

    private async Task<Attachment?> PrimaryAsync(CancellationToken ct) =>
        (await heroku.ListAttachmentsAsync(app, ct)).FirstOrDefault(attachment => attachment.Name == Primary);

    /// <summary>A primary that has no second name would be out of reach once it isn't the primary any more.</summary>
    private async Task KeepReachableAsync(CancellationToken ct)
    {
        var all = await heroku.ListAttachmentsAsync(app, ct);
        if (all.FirstOrDefault(a => a.Name == Primary) is { } primary && all.Count(a => a.Addon.Id == primary.Addon.Id) == 1)
        {
            await heroku.AttachAddonAsync(new(primary.Addon.Name, app), ct);
        }
    }

    internal sealed record Before(string Wanted, HerokuId<Addon> WantedId, string? Primary, int Newest);
}
