using Cake.Heroku;

namespace ReleaseTasks.Steps;

/// <summary>
/// Puts attachments right that a code rollback stripped: the attachment stays, but its config var is gone or points elsewhere. The cure is
/// to attach again under the same name (heroku-api.md, "rollback over an attachment change").
/// </summary>
internal sealed class RepairAttachments(AppName app, string name, IReadOnlyDictionary<string, string> wanted, IHerokuApi heroku, TimeSpan deadline) : Step<RepairAttachments.Before>
{
    public override string Name => name;

    public override string Title => "Check attachments and their config vars";

    public override TimeSpan? Deadline => deadline;

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
        if (await BrokenAsync(ct) is { Count: > 0 } broken)
        {
            return new Reading.NotYet($"not whole: {string.Join(", ", broken)}");
        }

        // Attaching may run the release phase: until that ends, dynos of the release before it run with the old config vars.
        return before.Broken.Count == 0 ? Done("all whole") : await heroku.GetNewestReleaseAsync(app, ct) switch
        {
            { Status: ReleaseStatus.Pending } pending => new Reading.NotYet($"v{pending.Version}: release phase is running") { UnderWay = true },
            { Status: ReleaseStatus.Succeeded } => Done($"attached again: {string.Join(", ", before.Broken)}"),
            var failed => new Reading.Failed($"attached again: {string.Join(", ", before.Broken)}; but v{failed.Version} {failed.Status}: its release phase did not succeed."),
        };

        Reading.Done Done(string evidence) => new(new { Repaired = before.Broken }, evidence);
    }

    /// <summary>Wanted attachments that are missing, belong to another add-on, or whose config var is missing or holds another add-on's value.</summary>
    private async Task<IReadOnlyList<string>> BrokenAsync(CancellationToken ct)
    {
        var attachments = (await heroku.ListAttachmentsAsync(app, ct)).ToDictionary(a => a.Name);
        var configVars = await heroku.GetConfigVarsAsync(app, ct);
        return [.. wanted.Where(w => IsBroken(w.Key, w.Value)).Select(w => w.Key)];

        bool IsBroken(string attachment, string addon) =>
            !attachments.TryGetValue(attachment, out var found)
            || found.Addon.Name != addon
            || !VarsOf(found).All(configVars.ContainsKey)
            || (configVars.TryGetValue(attachment + "_URL", out var url)
                && attachments.Values.Any(other => other.Name != attachment && IsOdd(found, url, other)));

        // Attachments of one add-on hold the same address (a credential of its own aside), those of two never do.
        bool IsOdd(Attachment one, string url, Attachment other) =>
            configVars.TryGetValue(other.Name + "_URL", out var otherUrl)
            && (other.Addon.Id != one.Addon.Id ? otherUrl == url : other.Namespace == one.Namespace && otherUrl != url);
    }

    /// <summary>A database has one; what another add-on sets, it says itself.</summary>
    private static IReadOnlyList<string> VarsOf(Attachment attachment) =>
        attachment.ConfigVars is { Count: > 0 } told ? told : [attachment.Name + "_URL"];

    internal sealed record Before(IReadOnlyList<string> Broken);
}
