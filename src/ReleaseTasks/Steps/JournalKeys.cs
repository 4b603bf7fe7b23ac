using Cake.Heroku;
using ReleaseTasks.Journals;

namespace ReleaseTasks.Steps;

/// <summary>
/// The app's key for journals, and the key that a roll-out's fingerprints were made with: a key made or replaced since doesn't make all
/// that it wrote down unreadable.
/// </summary>
/// <param name="state">The roll-out's.</param>
internal sealed class JournalKeys(AppName app, IHerokuApi heroku, Func<RunState> state)
{
    private readonly Dictionary<string, JournalKey> _seen = [];
    private bool _asked;
    private JournalKey? _current;
    private Fingerprint? _byAppId;

    /// <summary>The app's key, as it was when this run first asked; null where it has none.</summary>
    public async Task<JournalKey?> FindAsync(CancellationToken ct) => _asked ? _current : Current(await heroku.GetConfigVarsAsync(app, ct));

    /// <summary>How this roll-out's journal writes the values of config vars; before it has begun, how it will.</summary>
    /// <param name="configVars">The app's, as they were just read.</param>
    public Task<Fingerprint> FingerprintAsync(IReadOnlyDictionary<string, string> configVars, CancellationToken ct)
    {
        Current(configVars);
        return OfAsync(state(), ct);
    }

    /// <summary>
    /// How a roll-out's journal writes the values of config vars, and refers to what it shows masked; before it has begun, how it will.
    /// </summary>
    public async Task<Fingerprint> OfAsync(RunState rollout, CancellationToken ct)
    {
        var current = await FindAsync(ct);
        var id = rollout.Start is { } start ? start.Key : current?.Id;
        return id is null ? _byAppId ??= new((await heroku.GetAppAsync(app, ct)).Id.ToString())
            : _seen.TryGetValue(id, out var key) ? key.Fingerprint
            : (await OfFoundReleaseAsync(rollout, id, ct)).Fingerprint;
    }

    /// <summary>A key that was replaced since is among the config vars of the release that was current then.</summary>
    private async Task<JournalKey> OfFoundReleaseAsync(RunState rollout, string id, CancellationToken ct)
    {
        var found = RecordState.FoundIn(rollout)?.Release.Version;
        return found is { } version && Seen(await heroku.GetReleaseConfigVarsAsync(app, version, ct)) is { } key && key.Id == id
            ? key
            : throw new InvalidOperationException(
                $"this roll-out's fingerprints of config vars were made with the key {id}, which neither {app} nor the release that " +
                $"was found has any more ({JournalKey.ConfigVar}). Set it again, or compare config vars by hand.");
    }

    private JournalKey? Current(IReadOnlyDictionary<string, string> configVars)
    {
        var now = Seen(configVars);
        if (!_asked)
        {
            (_asked, _current) = (true, now);
        }

        return _current;
    }

    private JournalKey? Seen(IReadOnlyDictionary<string, string> configVars) =>
        JournalKey.Of(configVars) is { } key ? _seen[key.Id] = key : null;
}
