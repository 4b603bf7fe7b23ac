using Cake.Heroku;

namespace ReleaseTasks.Steps;

/// <summary>Reads how an app stands; changes nothing.</summary>
internal sealed class AppReader(IHerokuApi heroku, IDatabaseReader database, JournalKeys keys)
{
    private const string UrlSuffix = "_URL";

    public async Task<AppState> ReadAsync(AppName app, CancellationToken ct)
    {
        var (state, databaseUrl) = await ReadAppAsync(app, ct);
        return state.With(await database.ReadAsync(databaseUrl, ct));
    }

    /// <summary>One of its databases, by the add-on's name.</summary>
    public async Task<DatabaseReading> ReadDatabaseAsync(AppName app, string addon, CancellationToken ct) =>
        await FindVarAsync(app, addon, ct) is { } name
            ? await database.ReadAsync((await heroku.GetConfigVarsAsync(app, ct)).GetValueOrDefault(name), ct)
            : new(null, $"{addon} isn't attached to {app}");

    /// <summary>The config var that holds the address of an add-on's database; null where it isn't attached.</summary>
    public async Task<string?> FindVarAsync(AppName app, string addon, CancellationToken ct) =>
        (await heroku.ListAttachmentsAsync(app, ct)).FirstOrDefault(attachment => attachment.Addon.Name == addon) is { } found
            ? found.Name + UrlSuffix
            : null;

    /// <summary>The attachment that a name in a plan means: its own, or its config var's.</summary>
    public static string AttachmentIn(string name) => name.EndsWith(UrlSuffix, StringComparison.Ordinal) ? name[..^UrlSuffix.Length] : name;

    /// <summary>Without its database, which takes longer to answer.</summary>
    public async Task<AppState> ReadWithoutDatabaseAsync(AppName app, CancellationToken ct) => (await ReadAppAsync(app, ct)).State;

    private async Task<(AppState State, string? DatabaseUrl)> ReadAppAsync(AppName app, CancellationToken ct)
    {
        var found = await heroku.GetAppAsync(app, ct);
        var formation = await heroku.ListFormationAsync(app, ct);
        var configVars = await heroku.GetConfigVarsAsync(app, ct);
        var attachments = await heroku.ListAttachmentsAsync(app, ct);
        var release = await heroku.GetCurrentReleaseAsync(app, ct);
        var fingerprint = await keys.FingerprintAsync(configVars, ct);
        var state = new AppState
        {
            Release = new(release.Id, release.Version, release.Description, release.Slug?.Id),
            Maintenance = found.Maintenance,
            Formation = formation.ToDictionary(f => f.Type, f => f.Quantity),
            HasReleasePhase = formation.Any(f => f.Type == "release"),
            Attachments = attachments.ToDictionary(a => a.Name, a => a.Addon.Name),
            ConfigVars = configVars.ToDictionary(v => v.Key, v => fingerprint.Of(v.Value)),
            AttachedVars = [.. attachments.SelectMany(a => a.ConfigVars.Append(a.Name + UrlSuffix)).Distinct()],
            Stripped = [.. attachments.Where(a => !VarsOf(a).Any(configVars.ContainsKey)).Select(a => a.Name)],
        };
        return (state, configVars.GetValueOrDefault("DATABASE_URL"));
    }

    private static IReadOnlyList<string> VarsOf(Attachment attachment) =>
        attachment.ConfigVars is { Count: > 0 } told ? told : [attachment.Name + UrlSuffix];
}
