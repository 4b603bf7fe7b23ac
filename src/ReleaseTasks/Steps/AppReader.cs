using Cake.Heroku;
using ReleaseTasks.Journals;

namespace ReleaseTasks.Steps;

/// <summary>Reads how an app stands; changes nothing.</summary>
internal sealed class AppReader(IHerokuApi heroku, ISchemaReader schemas)
{
    public async Task<AppState> ReadAsync(AppName app, CancellationToken ct)
    {
        var found = await heroku.GetAppAsync(app, ct);
        var formation = await heroku.ListFormationAsync(app, ct);
        var configVars = await heroku.GetConfigVarsAsync(app, ct);
        var attachments = await heroku.ListAttachmentsAsync(app, ct);
        var schema = await schemas.ReadAsync(configVars.GetValueOrDefault("DATABASE_URL"), ct);
        return new()
        {
            Release = await ReadReleaseAsync(app, ct),
            Maintenance = found.Maintenance,
            Formation = formation.ToDictionary(f => f.Type, f => f.Quantity),
            HasReleasePhase = formation.Any(f => f.Type == "release"),
            Attachments = attachments.ToDictionary(a => a.Name, a => a.Addon.Name),
            ConfigVars = configVars.ToDictionary(v => v.Key, v => ConfigVarVault.HashOf(v.Value)),
            SchemaRevision = schema.Revision,
            SchemaNote = schema.Note,
        };
    }

    private async Task<ReleaseState> ReadReleaseAsync(AppName app, CancellationToken ct)
    {
        var release = await heroku.GetCurrentReleaseAsync(app, ct);
        return new(release.Id, release.Version, release.Description);
    }
}
