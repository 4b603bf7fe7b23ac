using Cake.Heroku;

namespace ReleaseTasks.Steps;

/// <summary>
/// <c>heroku addons:destroy</c> of an add-on that this roll-out created: it bears the roll-out's name. Refuses one that is in use.
/// </summary>
internal sealed class DestroyAddon(AppName app, string name, string addon, IHerokuApi heroku) : Step<DestroyAddon.Before>
{
    public override string Name => name;

    public override string Title => $"Destroy {addon}";

    protected override async Task<Before> ObserveAsync(CancellationToken ct)
    {
        await RefuseUsedAsync(ct);
        return new([.. (await heroku.ListAttachmentsAsync(app, ct)).Where(a => a.Addon.Name == addon).Select(a => a.Name)]);
    }

    protected override string Effect(Before before) => $"{addon} ({string.Join(", ", before.Attachments)}) → destroyed, its data with it";

    protected override async Task ApplyAsync(Before before, CancellationToken ct)
    {
        if (await FindAsync(ct) is { } found)
        {
            await RefuseUsedAsync(ct);
            await heroku.DestroyAddonAsync(app, found.Id, new AddonRemoval(Force: false), ct);
        }
    }

    protected override async Task<Reading> ReadBackAsync(Before before, CancellationToken ct) =>
        await FindAsync(ct) is null ? new Reading.Done(new { }, $"{addon} is gone") : new Reading.NotYet("still there");

    private async Task RefuseUsedAsync(CancellationToken ct)
    {
        if (await FindAsync(ct) is { } found && await heroku.FindUseAsync(app, found.Id, ct) is { } use)
        {
            throw new InvalidOperationException($"{addon} is not destroyed: {use}.");
        }
    }

    private async Task<Addon?> FindAsync(CancellationToken ct) => (await heroku.ListAddonsAsync(app, ct)).FirstOrDefault(found => found.Name == addon);

    internal sealed record Before(IReadOnlyList<string> Attachments);
}
