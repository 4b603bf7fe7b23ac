using Cake.Heroku;

namespace ReleaseTasks.Steps;

/// <summary>
/// <c>heroku addons:destroy</c> of an add-on that this roll-out created, found by its id. Refuses the primary, and the source of another
/// database.
/// </summary>
internal sealed class DestroyAddon(AppName app, string name, AddonId id, string addon, IHerokuApi heroku) : Step<DestroyAddon.Before>
{
    public override string Name => name;

    public override string Title => $"Destroy {addon}";

    protected override async Task<Before> ObserveAsync(CancellationToken ct)
    {
        var names = (await heroku.ListAttachmentsAsync(app, ct)).Where(a => a.Addon.Id == id).Select(a => a.Name).ToList();
        return names.Contains("DATABASE")
            ? throw new InvalidOperationException($"{addon} is the primary database of {app}. It is not destroyed.")
            : new(names);
    }

    protected override string Effect(Before before) => $"{addon} ({string.Join(", ", before.Attachments)}) → destroyed, its data with it";

    protected override async Task ApplyAsync(Before before, CancellationToken ct)
    {
        if (await IsThereAsync(ct))
        {
            await heroku.DestroyAddonAsync(app, id, new AddonRemoval(Force: false), ct);
        }
    }

    protected override async Task<Reading> ReadBackAsync(Before before, CancellationToken ct) =>
        await IsThereAsync(ct) ? new Reading.NotYet("still there") : new Reading.Done(new { }, $"{addon} is gone");

    private async Task<bool> IsThereAsync(CancellationToken ct) => (await heroku.ListAddonsAsync(app, ct)).Any(a => a.Id == id);

    internal sealed record Before(IReadOnlyList<string> Attachments);
}
