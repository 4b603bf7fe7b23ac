using Refit;

namespace Cake.Heroku;

/// <summary>
/// The part of the Heroku Platform API that releases need: one method, one request. Lists are whole, in as many requests as Heroku has
/// pages; the <c>ListNewest</c> methods take one page.
/// </summary>
/// <exception cref="HerokuApiException">Any method: Heroku refused, or what came of the request isn't known.</exception>
public interface IHerokuApi
{
    /// <summary><c>GET /account</c></summary>
    [Get("/account")]
    Task<Account> GetAccountAsync(CancellationToken ct);

    /// <summary><c>GET /account/rate-limits</c>: costs nothing.</summary>
    [Get("/account/rate-limits")]
    Task<RateLimit> GetRateLimitAsync(CancellationToken ct);

    /// <summary><c>GET /apps</c></summary>
    [Get("/apps")]
    Task<IReadOnlyList<App>> ListAppsAsync(CancellationToken ct);

    /// <summary><c>GET /apps/{app}</c></summary>
    [Get("/apps/{app}")]
    Task<App> GetAppAsync(AppName app, CancellationToken ct);

    /// <summary><c>PATCH /apps/{app}</c></summary>
    [Patch("/apps/{app}")]
    Task<App> UpdateAppAsync(AppName app, [Body] AppChange change, CancellationToken ct);

    /// <inheritdoc cref="UpdateAppAsync"/>
    Task<App> SetMaintenanceAsync(AppName app, bool on, CancellationToken ct) =>
        UpdateAppAsync(app, new AppChange { Maintenance = on }, ct);

    /// <summary><c>GET /teams/{team}/members</c></summary>
    [Get("/teams/{team}/members")]
    Task<IReadOnlyList<TeamMember>> ListTeamMembersAsync(string team, CancellationToken ct);

    /// <summary><c>GET /apps/{app}/features/{feature}</c></summary>
    [Get("/apps/{app}/features/{feature}")]
    Task<Feature> GetFeatureAsync(AppName app, string feature, CancellationToken ct);

    /// <summary><c>GET /apps/{app}/releases</c>, newest first, one page of at most <paramref name="count"/>.</summary>
    Task<IReadOnlyList<Release>> ListNewestReleasesAsync(AppName app, int count, CancellationToken ct) =>
        ListReleasesAsync(app, OnePage.NewestFirst("version", count), ct);

    /// <summary><c>GET /apps/{app}/releases</c>, one page.</summary>
    [Get("/apps/{app}/releases")]
    Task<IReadOnlyList<Release>> ListReleasesAsync(AppName app, [Header("Range")] OnePage page, CancellationToken ct);

    /// <summary><c>GET /apps/{app}/releases/{version}</c></summary>
    [Get("/apps/{app}/releases/{version}")]
    Task<Release> GetReleaseAsync(AppName app, int version, CancellationToken ct);

    /// <summary><c>GET /apps/{app}/releases/{release}</c></summary>
    [Get("/apps/{app}/releases/{release}")]
    Task<Release> GetReleaseAsync(AppName app, HerokuId<Release> release, CancellationToken ct);

    /// <summary><c>GET /apps/{app}/releases/{version}/config-vars</c>: as they were with that release.</summary>
    [Get("/apps/{app}/releases/{version}/config-vars")]
    Task<IReadOnlyDictionary<string, string>> GetReleaseConfigVarsAsync(AppName app, int version, CancellationToken ct);

    /// <summary><c>POST /apps/{app}/releases</c></summary>
    [Post("/apps/{app}/releases")]
    Task<Release> RollBackAsync(AppName app, [Body] RollbackTarget target, CancellationToken ct);

    /// <summary>
    /// <c>POST /apps/{app}/releases</c>: a new release with the slug and the config vars of an old one. Its release phase is still to
    /// run: the answer is <see cref="ReleaseStatus.Pending"/>.
    /// </summary>
    Task<Release> RollBackAsync(AppName app, HerokuId<Release> release, CancellationToken ct) =>
        RollBackAsync(app, new RollbackTarget(release), ct);

    /// <summary><c>GET /apps/{app}/config-vars</c></summary>
    [Get("/apps/{app}/config-vars")]
    Task<IReadOnlyDictionary<string, string>> GetConfigVarsAsync(AppName app, CancellationToken ct);

    /// <summary>
    /// <c>PATCH /apps/{app}/config-vars</c>: null unsets, what isn't named stays. One request is one release. Answers with all of them.
    /// </summary>
    [Patch("/apps/{app}/config-vars")]
    Task<IReadOnlyDictionary<string, string>> SetConfigVarsAsync(
        AppName app, [Body] IReadOnlyDictionary<string, string?> changes, CancellationToken ct);

    /// <summary><c>GET /apps/{app}/addons</c></summary>
    [Get("/apps/{app}/addons")]
    [Headers("Accept-Expansion: addon_service,plan")]
    Task<IReadOnlyList<Addon>> ListAddonsAsync(AppName app, CancellationToken ct);

    /// <summary><c>GET /apps/{app}/addons/{addon}</c>: by name or id.</summary>
    [Get("/apps/{app}/addons/{addon}")]
    [Headers("Accept-Expansion: addon_service,plan")]
    Task<Addon> GetAddonAsync(AppName app, string addon, CancellationToken ct);

    /// <summary><c>POST /apps/{app}/addons</c>: answers at once, the add-on is <see cref="AddonState.Provisioning"/> as a rule.</summary>
    [Post("/apps/{app}/addons")]
    [Headers("Accept-Expansion: plan", "x-heroku-legacy-provider-messages: true")]
    Task<Addon> CreateAddonAsync(AppName app, [Body] NewAddon addon, CancellationToken ct);

    /// <summary><c>DELETE /apps/{app}/addons/{addon}</c>: its data is gone for good.</summary>
    [Delete("/apps/{app}/addons/{addon}")]
    Task<Addon> DestroyAddonAsync(AppName app, HerokuId<Addon> addon, [Body] AddonRemoval removal, CancellationToken ct);

    /// <summary><c>POST /actions/addons/resolve</c>: the add-ons that a name may mean.</summary>
    [Post("/actions/addons/resolve")]
    [Headers("Accept-Expansion: addon_service,plan")]
    Task<IReadOnlyList<Addon>> ResolveAddonsAsync([Body] AddonQuery query, CancellationToken ct);

    /// <summary><c>GET /apps/{app}/addon-attachments</c></summary>
    [Get("/apps/{app}/addon-attachments")]
    [Headers("Accept-Inclusion: addon:plan,config_vars")]
    Task<IReadOnlyList<Attachment>> ListAttachmentsAsync(AppName app, CancellationToken ct);

    /// <summary><c>GET /addons/{addon}/addon-attachments</c>: in all apps that the add-on is attached to.</summary>
    [Get("/addons/{addon}/addon-attachments")]
    [Headers("Accept-Inclusion: addon:plan,config_vars")]
    Task<IReadOnlyList<Attachment>> ListAttachmentsOfAsync(HerokuId<Addon> addon, CancellationToken ct);

    /// <summary><c>GET /apps/{app}/addon-attachments/{name}</c></summary>
    [Get("/apps/{app}/addon-attachments/{name}")]
    [Headers("Accept-Inclusion: addon:plan,config_vars")]
    Task<Attachment> GetAttachmentAsync(AppName app, string name, CancellationToken ct);

    /// <summary><c>POST /addon-attachments</c>: a new name for an add-on, or, confirmed, another add-on for a name.</summary>
    [Post("/addon-attachments")]
    Task<Attachment> AttachAddonAsync([Body] NewAttachment attachment, CancellationToken ct);

    /// <summary><c>DELETE /addon-attachments/{attachment}</c>: the add-on stays.</summary>
    [Delete("/addon-attachments/{attachment}")]
    Task<Attachment> DetachAddonAsync(HerokuId<Attachment> attachment, CancellationToken ct);

    /// <summary><c>GET /apps/{app}/formation</c></summary>
    [Get("/apps/{app}/formation")]
    Task<IReadOnlyList<Formation>> ListFormationAsync(AppName app, CancellationToken ct);

    /// <summary><c>PATCH /apps/{app}/formation</c>: several process types at once; what isn't named stays.</summary>
    [Patch("/apps/{app}/formation")]
    Task<IReadOnlyList<Formation>> ScaleAsync(AppName app, [Body] FormationChange change, CancellationToken ct);

    /// <inheritdoc cref="ScaleAsync(AppName, FormationChange, CancellationToken)"/>
    /// <param name="quantities">Process type to number of dynos.</param>
    Task<IReadOnlyList<Formation>> ScaleAsync(AppName app, IReadOnlyDictionary<string, int> quantities, CancellationToken ct) =>
        ScaleAsync(app, new FormationChange([.. quantities.Select(q => new FormationUpdate(q.Key) { Quantity = q.Value })]), ct);

    /// <summary><c>GET /apps/{app}/dynos</c></summary>
    [Get("/apps/{app}/dynos")]
    Task<IReadOnlyList<Dyno>> ListDynosAsync(AppName app, CancellationToken ct);

    /// <summary>
    /// <c>POST /apps/{app}/dynos</c>: a one-off dyno. How its command ends isn't told by the API; only its output shows it.
    /// </summary>
    [Post("/apps/{app}/dynos")]
    Task<Dyno> RunAsync(AppName app, [Body] NewDyno dyno, CancellationToken ct);

    /// <summary><c>DELETE /apps/{app}/dynos</c>: all of them start again.</summary>
    [Delete("/apps/{app}/dynos")]
    Task RestartAsync(AppName app, CancellationToken ct);

    /// <summary><c>DELETE /apps/{app}/dynos/{dyno}</c></summary>
    [Delete("/apps/{app}/dynos/{dyno}")]
    Task RestartDynoAsync(AppName app, string dyno, CancellationToken ct);

    /// <summary><c>DELETE /apps/{app}/formations/{type}</c></summary>
    [Delete("/apps/{app}/formations/{type}")]
    Task RestartTypeAsync(AppName app, string type, CancellationToken ct);

    /// <summary><c>POST /sources</c></summary>
    [Post("/sources")]
    Task<Source> CreateSourceAsync(CancellationToken ct);

    /// <summary><c>POST /apps/{app}/builds</c></summary>
    [Post("/apps/{app}/builds")]
    Task<Build> CreateBuildAsync(AppName app, [Body] NewBuild build, CancellationToken ct);

    /// <summary><c>GET /apps/{app}/builds</c>, newest first, one page of at most <paramref name="count"/>.</summary>
    Task<IReadOnlyList<Build>> ListNewestBuildsAsync(AppName app, int count, CancellationToken ct) =>
        ListBuildsAsync(app, OnePage.NewestFirst("started_at", count), ct);

    /// <summary><c>GET /apps/{app}/builds</c>, one page.</summary>
    [Get("/apps/{app}/builds")]
    Task<IReadOnlyList<Build>> ListBuildsAsync(AppName app, [Header("Range")] OnePage page, CancellationToken ct);

    /// <summary><c>POST /apps/{app}/log-sessions</c></summary>
    [Post("/apps/{app}/log-sessions")]
    Task<LogSession> CreateLogSessionAsync(AppName app, [Body] NewLogSession session, CancellationToken ct);
}
