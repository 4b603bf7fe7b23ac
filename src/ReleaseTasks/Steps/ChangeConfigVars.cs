using Cake.Heroku;
using ReleaseTasks.Journals;

namespace ReleaseTasks.Steps;

/// <summary>
/// Sets, unsets or restores config vars in one <c>PATCH</c>: one change is one release, and each release runs the release phase. The
/// values found are saved first; the journal keeps their fingerprints.
/// </summary>
/// <param name="deadline">A release phase may run.</param>
/// <param name="vault">Where the values found are saved; null for a change that puts saved values back.</param>
internal sealed class ChangeConfigVars(
    AppName app, string name, string title, Func<IReadOnlyDictionary<string, string?>> wanted, IHerokuApi heroku, JournalKeys keys,
    TimeSpan deadline, ConfigVarVault? vault)
    : Step<ChangeConfigVars.Before>
{
    public override string Name => name;

    public override string Title => title;

    public override TimeSpan? Deadline => deadline;

    protected override async Task<Before> ObserveAsync(CancellationToken ct)
    {
        var found = await heroku.GetConfigVarsAsync(app, ct);
        var values = wanted();
        var fingerprint = await keys.FingerprintAsync(found, ct);
        return new(values.ToDictionary(v => v.Key, v => fingerprint.OfSet(found.GetValueOrDefault(v.Key))), await NewestAsync(ct))
        {
            Wanted = values.ToDictionary(v => v.Key, v => fingerprint.OfSet(v.Value)),
        };
    }

    protected override string Effect(Before before) =>
        string.Join(", ", wanted().Select(v => $"config var {v.Key} ({(before.Hashes[v.Key] is null ? "not set" : "set")}) → {(v.Value is null ? "unset" : $"{v.Value.Length} characters")}"));

    protected override async Task ApplyAsync(Before before, CancellationToken ct)
    {
        var found = await heroku.GetConfigVarsAsync(app, ct);
        var changes = wanted().Where(v => found.GetValueOrDefault(v.Key) != v.Value).ToDictionary();
        if (changes.Count > 0)
        {
            // Only what is still as it was found: a second run must not take its own half-done work for it.
            var fingerprint = await keys.FingerprintAsync(found, ct);
            vault?.SaveMissing(found.Where(v => before.Hashes.TryGetValue(v.Key, out var hash) && fingerprint.Of(v.Value) == hash).ToDictionary());
            await heroku.SetConfigVarsAsync(app, changes, ct);
        }
    }

    protected override async Task<Reading> ReadBackAsync(Before before, CancellationToken ct)
    {
        var found = await heroku.GetConfigVarsAsync(app, ct);
        if (wanted().Any(v => found.GetValueOrDefault(v.Key) != v.Value))
        {
            return new Reading.NotYet("not changed");
        }

        var newest = await heroku.GetNewestReleaseAsync(app, ct);
        return newest switch
        {
            { Status: ReleaseStatus.Pending } => new Reading.NotYet($"v{newest.Version}: release phase is running") { UnderWay = true },
            { Status: ReleaseStatus.Succeeded } => new Reading.Done(new { newest.Version }, $"{string.Join(", ", wanted().Keys)} as wanted, v{newest.Version} is current"),
            _ when newest.Version == before.Newest => new Reading.Done(new { newest.Version }, $"{string.Join(", ", wanted().Keys)} as wanted"),
            _ => new Reading.Failed($"the config vars are set, but v{newest.Version} {newest.Status}: its release phase did not succeed."),
        };
    }

    private async Task<int> NewestAsync(CancellationToken ct) => (await heroku.GetNewestReleaseAsync(app, ct)).Version;

    /// <param name="Hashes">Name to fingerprint of the value found; null where it wasn't set.</param>
    internal sealed record Before(IReadOnlyDictionary<string, string?> Hashes, int Newest)
    {
        /// <summary>Name to fingerprint of the value that it gets; null to unset.</summary>
        public IReadOnlyDictionary<string, string?> Wanted { get; init; } = new Dictionary<string, string?>();
    }
}
