using Cake.Heroku;

namespace ReleaseTasks.Steps;

/// <summary>
/// <c>heroku addons:destroy</c> of an add-on that this roll-out created: it bears the roll-out's name. Refuses the primary.
/// </summary>
internal sealed class DestroyAddon(AppName app, string name, string addon, IHerokuApi heroku) : Step<DestroyAddon.Before>
{
    public override string Name => name;

    public override string Title => $"Destroy {addon}";

    protected override async Task<Before> ObserveAsync(CancellationToken ct)
    {
        var names = (await heroku.ListAttachmentsAsync(app, ct)).Where(a => a.Addon.Name == addon).Select(a => a.Name).ToList();
        return names.Contains("DATABASE")
            ? throw new InvalidOperationException($"{addon} is the primary database of {app}. It is not destroyed.")
            : new(names);
    }

    protected override string Effect(Before before) => $"{addon} ({string.Join(", ", before.Attachments)}) → destroyed, its data with it";

    protected override async Task ApplyAsync(Before before, CancellationToken ct)
    {
        if (await FindAsync(ct) is { } found)
        {
            await heroku.DestroyAddonAsync(app, found.Id, new AddonRemoval(Force: false), ct);
        }
    }

    protected override async Task<Reading> ReadBackAsync(Before before, CancellationToken ct) =>
        await FindAsync(ct) is null ? new Reading.Done(new { }, $"{addon} is gone") : new Reading.NotYet("still there");

    private async Task<Addon?> FindAsync(CancellationToken ct) => (await heroku.ListAddonsAsync(app, ct)).FirstOrDefault(found => found.Name == addon);

    internal sealed record Before(IReadOnlyList<string> Attachments);
}
