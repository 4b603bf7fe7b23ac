using System.Text.Json.Nodes;
using ReleaseTasks.Sandbox.Heroku.Http;
using ReleaseTasks.Sandbox.Heroku.World;

namespace ReleaseTasks.Sandbox.Heroku;

/// <summary><c>/apps/{app}/features</c>: of those that Heroku has, the ones that matter to a release.</summary>
internal sealed class FeatureRequests(Platform platform)
{
    private static readonly Dictionary<string, string> Known = new()
    {
        ["log-runtime-metrics"] = "Emit dyno resource usage information into app logs",
        ["preboot"] = "Provide seamless web dyno deploys",
        ["runtime-dyno-metadata"] = "Dyno Metadata",
    };

    public void Map(HerokuRoutes routes)
    {
        routes.Get("/apps/{app}/features", List);
        routes.Get("/apps/{app}/features/{feature}", (world, request) => Answer.Ok(Shape(request.App(world), Find(request))));
        routes.Change("PATCH", "/apps/{app}/features/{feature}", Update);
    }

    private static JsonObject Shape(App app, string name) => new()
    {
        ["created_at"] = "2013-01-01T12:00:00Z",
        ["description"] = Known[name],
        ["display_name"] = name,
        ["doc_url"] = $"https://devcenter.heroku.com/articles/{name}",
        ["enabled"] = app.Features.Contains(name),
        ["feedback_email"] = "feedback@example.com",
        ["id"] = Json.IdOf("feature", name),
        ["name"] = name,
        ["state"] = "general",
        ["updated_at"] = "2013-01-01T12:00:00Z",
    };

    private static Answer List(HerokuWorld world, HerokuRequest request)
    {
        var app = request.App(world);
        return Pages.Of(request, Known.Keys, n => Shape(app, n), Pages.Key<string>.Text("name", n => n), Pages.Key<string>.Text("id", n => Json.IdOf("feature", n).ToString()));
    }

    // Switching preboot restarts nothing.
    private Answer Update(HerokuWorld world, HerokuRequest request)
    {
        var (app, name) = (request.App(world), Find(request));
        var enabled = request.Body.Flag("enabled") ?? throw Refusal.InvalidParams("Require params: enabled.");
        if (enabled ? app.Features.Add(name) : app.Features.Remove(name))
        {
            platform.Log(app, "app", "api", $"Feature {name} {(enabled ? "enabled" : "disabled")} by user {request.Account(world).Email}");
        }

        return Answer.Ok(Shape(app, name));
    }

    private static string Find(HerokuRequest request) =>
        Known.Keys.FirstOrDefault(n => n == request["feature"] || Json.IdOf("feature", n).ToString() == request["feature"]) ?? throw Refusal.NotFound("feature");
}
