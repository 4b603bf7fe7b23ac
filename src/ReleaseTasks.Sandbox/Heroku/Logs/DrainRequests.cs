using System.Text.Json.Nodes;
using ReleaseTasks.Sandbox.Heroku.Http;
using ReleaseTasks.Sandbox.Heroku.World;

namespace ReleaseTasks.Sandbox.Heroku;

/// <summary><c>/apps/{app}/log-drains</c>: who wants an app's log. They are kept and shown; nothing is sent to them.</summary>
internal sealed class DrainRequests(Platform platform)
{
    private static readonly string[] Schemes = ["http", "https", "syslog", "syslog+tls"];

    public void Map(HerokuRoutes routes)
    {
        routes.Get("/apps/{app}/log-drains", (world, request) => List(request, request.App(world)));
        routes.Get("/apps/{app}/log-drains/{drain}", (world, request) => Answer.Ok(Shape(request.App(world), Find(world, request))));
        routes.Change("POST", "/apps/{app}/log-drains", Create);
        routes.Change("DELETE", "/apps/{app}/log-drains/{drain}", Delete);
    }

    private static JsonObject Shape(App app, Drain drain) => new()
    {
        ["addon"] = null,
        ["app"] = Json.Reference(app),
        ["created_at"] = Json.Time(drain.CreatedAt),
        ["id"] = drain.Id,
        ["token"] = drain.Token,
        ["updated_at"] = Json.Time(drain.CreatedAt),
        ["url"] = drain.Url,
    };

    private static Answer List(HerokuRequest request, App app) =>
        Pages.Of(request, app.Drains, d => Shape(app, d), Pages.Key<Drain>.Text("url", d => d.Url), Pages.Key<Drain>.Text("id", d => d.Id.ToString()));

    private Answer Create(HerokuWorld world, HerokuRequest request)
    {
        var (app, url) = (request.App(world), request.Body.RequiredText("url"));
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || !Schemes.Contains(address.Scheme))
        {
            throw Refusal.InvalidParams($"Url is invalid: it must begin with {string.Join(", ", Schemes.Select(s => s + "://"))}.");
        }

        if (app.Drains.Exists(d => d.Url == url))
        {
            throw Refusal.InvalidParams("Url has already been taken");
        }

        var drain = new Drain { Url = url, CreatedAt = platform.Now };
        app.Drains.Add(drain);
        return Answer.Created(Shape(app, drain));
    }

    private static Answer Delete(HerokuWorld world, HerokuRequest request)
    {
        var (app, drain) = (request.App(world), Find(world, request));
        app.Drains.Remove(drain);
        return Answer.Ok(Shape(app, drain));
    }

    /// <summary>By id, token or URL, whose slashes come escaped.</summary>
    private static Drain Find(HerokuWorld world, HerokuRequest request)
    {
        var wanted = Uri.UnescapeDataString(request["drain"]);
        return request.App(world).Drains.Find(d => d.Id.ToString() == wanted || d.Token == wanted || d.Url == wanted) ?? throw Refusal.NotFound("log_drain");
    }
}
