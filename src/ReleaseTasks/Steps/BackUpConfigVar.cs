using Cake.Heroku;
using ReleaseTasks.Journals;

namespace ReleaseTasks.Steps;

/// <summary><c>heroku config:get NAME &gt; NAME.old</c>, into a file that only its owner can read.</summary>
internal sealed class BackUpConfigVar(AppName app, string name, IHerokuApi heroku, JournalKeys keys, ConfigVarVault vault)
    : Step<BackUpConfigVar.Before>
{
    public const string Prefix = "backup-config-var:";

    public override string Name => Prefix + name;

    public override string Title => $"Save config var {name}";

    public override bool OnlyReads => true;

    protected override async Task<Before> ObserveAsync(CancellationToken ct)
    {
        var all = await heroku.GetConfigVarsAsync(app, ct);
        var value = all.GetValueOrDefault(name);
        return new((await keys.FingerprintAsync(all, ct)).OfSet(value), value?.Length ?? 0);
    }

    protected override string Effect(Before before) =>
        before.Hash is null ? $"config var {name} (not set) → nothing to save" : $"config var {name} (set, {before.Length} characters) → saved";

    protected override async Task ApplyAsync(Before before, CancellationToken ct)
    {
        if ((await heroku.GetConfigVarsAsync(app, ct)).GetValueOrDefault(name) is { } value)
        {
            vault.Save(new Dictionary<string, string> { [name] = value });
        }
    }

    protected override async Task<Reading> ReadBackAsync(Before before, CancellationToken ct)
    {
        var saved = vault.Find(name);
        return (await keys.FingerprintAsync(await heroku.GetConfigVarsAsync(app, ct), ct)).OfSet(saved) == before.Hash
            ? new Reading.Done(new { before.Hash }, before.Hash is null ? "was not set" : $"{before.Length} characters saved, {before.Hash}")
            : saved is null
                ? new Reading.NotYet("nothing is saved")
                : new Reading.Failed($"{name} changed while it was being saved. Someone else is at work on this app: find out who, then run the same command again.");
    }

    /// <param name="Hash">The value's fingerprint; null where the config var wasn't set.</param>
    internal sealed record Before(string? Hash, int Length);
}
