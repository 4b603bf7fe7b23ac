using System.Text.Json.Nodes;
using ReleaseTasks.Sandbox.Heroku.Http;
using ReleaseTasks.Sandbox.Heroku.World;

namespace ReleaseTasks.Sandbox.Heroku;

/// <summary>
/// <c>/apps/{app}/features</c> and <c>/account/features</c>: of those that Heroku has, the ones that matter to a release. What isn't general yet the
/// CLI calls labs.
/// </summary>
internal sealed class FeatureRequests(Platform platform)
{
    private static readonly Feature[] OfApps =
    [
        new("log-runtime-metrics", "Emit dyno resource usage information into app logs", "public"),
        new("preboot", "Provide seamless web dyno deploys", "general"),
        new("runtime-dyno-metadata", "Dyno Metadata", "public"),
    ];

    private static readonly Feature[] OfAccounts = [new("app-alerting", "Let people be told of an app's thresholds", "beta")];

    public void Map(HerokuRoutes routes)
    {
        routes.Get("/apps/{app}/features", (world, request) => List(request, OfApps, request.App(world).Features));
        routes.Get("/apps/{app}/features/{feature}", (world, request) => Answer.Ok(Shape(Find(request, OfApps), request.App(world).Features)));
        routes.Change("PATCH", "/apps/{app}/features/{feature}", UpdateApp);
        routes.Get("/account/features", (world, request) => List(request, OfAccounts, request.Account(world).Features));
        routes.Get("/account/features/{feature}", (world, request) => Answer.Ok(Shape(Find(request, OfAccounts), request.Account(world).Features)));
        routes.Change("PATCH", "/account/features/{feature}", UpdateAccount);
    }

    private static JsonObject Shape(Feature feature, HashSet<string> enabled) => new()
    {
        ["created_at"] = "2013-01-01T12:00:00Z",
        ["description"] = feature.Description,
        ["display_name"] = feature.Name,
        ["doc_url"] = $"https://devcenter.heroku.com/articles/{feature.Name}",
        ["enabled"] = enabled.Contains(feature.Name),
        ["feedback_email"] = "feedback@example.com",
        ["id"] = feature.Id,
        ["name"] = feature.Name,
        ["state"] = feature.State,
        ["updated_at"] = "2013-01-01T12:00:00Z",
    };

    private static Answer List(HerokuRequest request, Feature[] known, HashSet<string> enabled) => Pages.Of(
        request, known, f => Shape(f, enabled), Pages.Key<Feature>.Text("name", f => f.Name), Pages.Key<Feature>.Text("id", f => f.Id.ToString()));

    // Switching preboot restarts nothing.
    private Answer UpdateApp(HerokuWorld world, HerokuRequest request)
    {
        var (app, feature) = (request.App(world), Find(request, OfApps));
        if (Switch(request, feature, app.Features))
        {
            var state = app.Features.Contains(feature.Name) ? "enabled" : "disabled";
            platform.Log(app, "app", "api", $"Feature {feature.Name} {state} by user {request.Account(world).Email}");
        }

        return Answer.Ok(Shape(feature, app.Features));
    }

    private static Answer UpdateAccount(HerokuWorld world, HerokuRequest request)
    {
        var (feature, enabled) = (Find(request, OfAccounts), request.Account(world).Features);
        Switch(request, feature, enabled);
        return Answer.Ok(Shape(feature, enabled));
    }

    /// <summary>True when it was the other way round before.</summary>
    private static bool Switch(HerokuRequest request, Feature feature, HashSet<string> enabled) =>
        (request.Body.Flag("enabled") ?? throw Refusal.InvalidParams("Require params: enabled.")) ? enabled.Add(feature.Name) : enabled.Remove(feature.Name);

    private static Feature Find(HerokuRequest request, Feature[] known) =>
        Array.Find(known, f => f.Name == request["feature"] || f.Id.ToString() == request["feature"]) ?? throw Refusal.NotFound("feature");

    private sealed record Feature(string Name, string Description, string State)
    {
        public Guid Id { get; } = Json.IdOf("feature", Name);
    }
}
