using System.Text.Json.Nodes;
using ReleaseTasks.Sandbox.Heroku.Http;
using ReleaseTasks.Sandbox.Heroku.World;

namespace ReleaseTasks.Sandbox.Heroku;

/// <summary><c>/apps/{app}/webhooks</c>: who wants to be told. They are kept and shown; nobody is told anything.</summary>
internal sealed class WebhookRequests(Platform platform)
{
    private static readonly string[] Levels = ["notify", "sync"];

    private static readonly string[] Entities =
    [
        "api:addon", "api:addon-attachment", "api:app", "api:build", "api:collaborator", "api:domain", "api:dyno", "api:formation", "api:release",
        "api:sni-endpoint", "dyno",
    ];

    public void Map(HerokuRoutes routes)
    {
        routes.Get("/apps/{app}/webhooks", List);
        routes.Get("/apps/{app}/webhooks/{webhook}", (world, request) => Answer.Ok(Shape(request.App(world), Find(world, request))));
        routes.Change("POST", "/apps/{app}/webhooks", Create);
        routes.Change("PATCH", "/apps/{app}/webhooks/{webhook}", Update);
        routes.Change("DELETE", "/apps/{app}/webhooks/{webhook}", Delete);
        MapNothing(routes, "webhook-deliveries", "webhook_delivery");
        MapNothing(routes, "webhook-events", "webhook_event");
    }

    private static void MapNothing(HerokuRoutes routes, string path, string resource)
    {
        routes.Get($"/apps/{{app}}/{path}", (world, request) => request.App(world) is not null ? Answer.Ok(new JsonArray()) : throw Refusal.NotFound("app"));
        routes.Get($"/apps/{{app}}/{path}/{{id}}", (world, request) => throw Refusal.NotFound(request.App(world) is not null ? resource : "app"));
    }

    private static JsonObject Shape(App app, Webhook webhook) => new()
    {
        ["app"] = Json.Reference(app),
        ["created_at"] = Json.Time(webhook.CreatedAt),
        ["id"] = webhook.Id,
        ["include"] = Json.Texts(webhook.Include),
        ["level"] = webhook.Level,
        ["updated_at"] = Json.Time(webhook.UpdatedAt),
        ["url"] = webhook.Url,
    };

    private static Answer List(HerokuWorld world, HerokuRequest request)
    {
        var app = request.App(world);
        return Pages.Of(request, app.Webhooks, w => Shape(app, w), Pages.Key<Webhook>.Text("id", w => w.Id.ToString()));
    }

    // What deliveries would be signed with is in the answer's head, this once and never again.
    private Answer Create(HerokuWorld world, HerokuRequest request)
    {
        var (app, body) = (request.App(world), request.Body);
        var (include, level, url) = (Includes(body), Level(body.RequiredText("level")), Url(body.RequiredText("url")));
        if (include.Count == 0)
        {
            throw Refusal.InvalidParams("Require params: include.");
        }

        var secret = body.Text("secret") ?? $"{Guid.NewGuid():N}{Guid.NewGuid():N}";
        var webhook = new Webhook { Url = url, Include = include, Level = level, CreatedAt = platform.Now, UpdatedAt = platform.Now };
        app.Webhooks.Add(webhook);
        return Answer.Created(Shape(app, webhook)) with { Headers = [new("Heroku-Webhook-Secret", secret)] };
    }

    private Answer Update(HerokuWorld world, HerokuRequest request)
    {
        var (webhook, body) = (Find(world, request), request.Body);
        var (include, level, url) = (Includes(body), body.Text("level") is { } l ? Level(l) : webhook.Level, body.Text("url") is { } u ? Url(u) : webhook.Url);
        (webhook.Include, webhook.Level, webhook.Url, webhook.UpdatedAt) = (include.Count > 0 ? include : webhook.Include, level, url, platform.Now);
        return Answer.Ok(Shape(request.App(world), webhook));
    }

    private static Answer Delete(HerokuWorld world, HerokuRequest request)
    {
        var (app, webhook) = (request.App(world), Find(world, request));
        app.Webhooks.Remove(webhook);
        return Answer.Ok(Shape(app, webhook));
    }

    private static Webhook Find(HerokuWorld world, HerokuRequest request) =>
        request.App(world).Webhooks.Find(w => w.Id.ToString() == request["webhook"]) ?? throw Refusal.NotFound("webhook");

    private static List<string> Includes(Body body)
    {
        var include = body.Texts("include");
        return include.FirstOrDefault(i => !Entities.Contains(i)) is { } unknown
            ? throw Refusal.InvalidParams($"Invalid param include: there is no {unknown} to be told of.")
            : [.. include];
    }

    private static string Level(string level) =>
        Levels.Contains(level) ? level : throw Refusal.InvalidParams($"Invalid param level: it must be one of {string.Join(", ", Levels)}.");

    private static string Url(string url) => Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Scheme == "https"
        ? url
        : throw Refusal.InvalidParams("Invalid param url: it must be an https URL.");
}
