using Cake.Heroku;
using ReleaseTasks.Journals;

namespace ReleaseTasks.Steps;

/// <summary>Reads how an app stands; changes nothing.</summary>
internal sealed class AppReader(IHerokuApi heroku, IDatabaseReader database)
{
    public async Task<AppState> ReadAsync(AppName app, CancellationToken ct)
    {
        var (state, databaseUrl) = await ReadAppAsync(app, ct);
        return state.With(await database.ReadAsync(databaseUrl, ct));
    }

    /// <summary>Without its database, which takes longer to answer.</summary>
    public async Task<AppState> ReadWithoutDatabaseAsync(AppName app, CancellationToken ct) => (await ReadAppAsync(app, ct)).State;

    private async Task<(AppState State, string? DatabaseUrl)> ReadAppAsync(AppName app, CancellationToken ct)
    {
        var found = await heroku.GetAppAsync(app, ct);
        var formation = await heroku.ListFormationAsync(app, ct);
        var configVars = await heroku.GetConfigVarsAsync(app, ct);
        var attachments = await heroku.ListAttachmentsAsync(app, ct);
        var release = await heroku.GetCurrentReleaseAsync(app, ct);
        var fingerprint = new Fingerprint(found.Id.ToString());
        var state = new AppState
        {
            Release = new(release.Id, release.Version, release.Description, release.Slug?.Id),
            Maintenance = found.Maintenance,
            Formation = formation.ToDictionary(f => f.Type, f => f.Quantity),
            HasReleasePhase = formation.Any(f => f.Type == "release"),
            Attachments = attachments.ToDictionary(a => a.Name, a => a.Addon.Name),
            ConfigVars = configVars.ToDictionary(v => v.Key, v => fingerprint.Of(v.Value)),
            AttachedVars = [.. attachments.SelectMany(a => a.ConfigVars.Append(a.Name + "_URL")).Distinct()],
        };
        return (state, configVars.GetValueOrDefault("DATABASE_URL"));
    }
}
