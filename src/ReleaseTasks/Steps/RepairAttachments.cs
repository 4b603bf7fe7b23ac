using Cake.Heroku;

namespace ReleaseTasks.Steps;

/// <summary>
/// Puts attachments right that a code rollback stripped: the attachment stays, but its config var is gone or points elsewhere. The cure is
/// to attach again under the same name (heroku-api.md, "rollback over an attachment change").
/// </summary>
internal sealed class RepairAttachments(AppName app, string name, IReadOnlyDictionary<string, string> wanted, IHerokuApi heroku) : Step<RepairAttachments.Before>
{
    public override string Name => name;

    public override string Title => "Check attachments and their config vars";

    public override TimeSpan Deadline => TimeSpan.FromHours(1);

    protected override async Task<Before> ObserveAsync(CancellationToken ct) => new(await BrokenAsync(ct));

    protected override string Effect(Before before) =>
        before.Broken.Count == 0 ? "attachments are whole → nothing to repair" : $"attach again: {string.Join(", ", before.Broken)}";

    protected override async Task ApplyAsync(Before before, CancellationToken ct)
    {
        foreach (var attachment in await BrokenAsync(ct))
        {
            await heroku.AttachAddonAsync(new(wanted[attachment], app) { Name = attachment, Confirm = app }, ct);
        }
    }

    protected override async Task<Reading> ReadBackAsync(Before before, CancellationToken ct)
    {
        var broken = await BrokenAsync(ct);
        return broken.Count == 0
            ? new Reading.Done(new { Repaired = before.Broken }, before.Broken.Count == 0 ? "all whole" : $"attached again: {string.Join(", ", before.Broken)}")
            : new Reading.NotYet($"not whole: {string.Join(", ", broken)}");
    }

    /// <summary>Wanted attachments that are missing, belong to another add-on, or whose config var is missing or holds another attachment's value.</summary>
    private async Task<IReadOnlyList<string>> BrokenAsync(CancellationToken ct)
    {
        var attachments = (await heroku.ListAttachmentsAsync(app, ct)).ToDictionary(a => a.Name);
        var configVars = await heroku.GetConfigVarsAsync(app, ct);
        return [.. wanted.Where(w => IsBroken(w.Key, w.Value)).Select(w => w.Key)];

        bool IsBroken(string attachment, string addon) =>
            !attachments.TryGetValue(attachment, out var found)
            || found.Addon.Name != addon
            || !configVars.TryGetValue(attachment + "_URL", out var url)
            || SiblingsOf(found).Any(sibling => configVars.TryGetValue(sibling.Name + "_URL", out var other) && other != url);

        IEnumerable<Attachment> SiblingsOf(Attachment one) => attachments.Values.Where(a => a.Addon.Id == one.Addon.Id && a.Name != one.Name);
    }

    internal sealed record Before(IReadOnlyList<string> Broken);
}
