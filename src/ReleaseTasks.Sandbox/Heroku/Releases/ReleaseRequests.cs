using System.Text.Json.Nodes;
using ReleaseTasks.Sandbox.Heroku.Http;
using ReleaseTasks.Sandbox.Heroku.World;

namespace ReleaseTasks.Sandbox.Heroku;

/// <summary><c>/apps/{app}/releases</c>: the history, rollback, and what a release phase printed.</summary>
internal sealed class ReleaseRequests(Platform platform)
{
    public void Map(HerokuRoutes routes)
    {
        routes.Get("/apps/{app}/releases", List);
        routes.Get("/apps/{app}/releases/{release}", (world, request) => Answer.Ok(Shape(world, request.App(world), Find(request.App(world), request["release"]))));
        routes.Get("/apps/{app}/releases/{release}/config-vars", (world, request) => Answer.Ok(Json.Map(Find(request.App(world), request["release"]).ConfigVars)));
        routes.Change("POST", "/apps/{app}/releases", Create);
        routes.Get("/apps/{app}/slugs/{slug}", (world, request) => Answer.Ok(Shape(FindSlug(request.App(world), request["slug"]))));
    }

    private JsonObject Shape(HerokuWorld world, App app, Release release) => new()
    {
        ["addon_plan_names"] = Json.Texts(release.Plans),
        ["app"] = Json.Reference(app),
        ["artifacts"] = release.Slug is { } artifact ? new JsonArray(new JsonObject { ["type"] = "slug", ["id"] = artifact }) : [],
        ["created_at"] = Json.Time(release.CreatedAt),
        ["current"] = release == app.Current,
        ["description"] = release.Description,
        ["eligible_for_rollback"] = IsEligible(release),
        ["id"] = release.Id,
        ["output_stream_url"] = release.HasOutput ? platform.UrlOf(OutputStreams.PathOf(release.Id)).AbsoluteUri : null,
        ["slug"] = release.Slug is { } slug ? Json.Reference(slug) : null,
        ["status"] = release.Status.ToString().ToLowerInvariant(),
        ["updated_at"] = Json.Time(release.UpdatedAt),
        ["user"] = Json.Reference(world.Account(release.User)),
        ["version"] = release.Version,
    };

    private static JsonObject Shape(Slug slug) => new()
    {
        ["blob"] = new JsonObject { ["method"] = "GET", ["url"] = "https://s3.amazonaws.com/heroku-slugs.invalid/" + slug.Id },
        ["buildpack_provided_description"] = "Python",
        ["checksum"] = null,
        ["commit"] = slug.Commit,
        ["commit_description"] = null,
        ["created_at"] = Json.Time(slug.CreatedAt),
        ["deleted_at"] = Json.Time(slug.DeletedAt),
        ["id"] = slug.Id,
        ["process_types"] = Json.Map(slug.ProcessTypes),
        ["size"] = slug.Size,
        ["stack"] = Json.Named("stack", slug.Stack),
        ["updated_at"] = Json.Time(slug.CreatedAt),
    };

    private Answer List(HerokuWorld world, HerokuRequest request)
    {
        var app = request.App(world);
        return Pages.Of(
            request,
            app.Releases,
            release => Shape(world, app, release),
            Pages.Key<Release>.Number("version", r => r.Version),
            Pages.Key<Release>.Text("id", r => r.Id.ToString()));
    }

    private Answer Create(HerokuWorld world, HerokuRequest request)
    {
        var app = request.App(world);
        var release = (request.Body.Identity("release"), request.Body.Identity("slug")) switch
        {
            ({ } target, null) => RollBack(world, app, request.Account(world), Find(app, target)),
            (null, { } slug) => Deploy(world, app, request, FindSlug(app, slug)),
            (null, null) => throw Refusal.InvalidParams("Require params: release or slug."),
            _ => throw Refusal.InvalidParams("Give either a release or a slug, not both."),
        };
        return Answer.Created(Shape(world, app, release));
    }

    // The slug and the config vars come back, also those that attachments set then. Add-ons and attachments stay as they are now.
    private Release RollBack(HerokuWorld world, App app, Account user, Release target)
    {
        if (!IsEligible(target))
        {
            throw Refusal.InvalidParams(target.Status == ReleaseStatus.Succeeded
                ? $"Cannot roll back to v{target.Version}: that release had no slug."
                : $"Cannot roll back to v{target.Version}: that release is {target.Status.ToString().ToLowerInvariant()}.");
        }

        app.ConfigVars = new(target.ConfigVars, StringComparer.Ordinal);
        return platform.Releasing.Add(world, app, user, $"Rollback to v{target.Version}", app.SlugOf(target));
    }

    private Release Deploy(HerokuWorld world, App app, HerokuRequest request, Slug slug) =>
        platform.Releasing.Add(world, app, request.Account(world), request.Body.Text("description") ?? Builder.Describe(slug), slug);

    private static bool IsEligible(Release release) => release is { Status: ReleaseStatus.Succeeded, Slug: not null };

    /// <summary>By version (<c>52</c>, also <c>v52</c>) or id.</summary>
    private static Release Find(App app, string versionOrId) =>
        (int.TryParse(versionOrId.TrimStart('v'), out var version) ? app.Releases.Find(r => r.Version == version)
            : Guid.TryParse(versionOrId, out var id) ? app.Releases.Find(r => r.Id == id)
            : null)
        ?? throw Refusal.NotFound("release");

    private static Slug FindSlug(App app, string id) => app.Slugs.Find(s => s.Id.ToString() == id) ?? throw Refusal.NotFound("slug");
}
