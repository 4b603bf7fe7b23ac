using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ReleaseTasks.Sandbox.Heroku.Http;
using ReleaseTasks.Sandbox.Heroku.World;

namespace ReleaseTasks.Sandbox.Heroku;

/// <summary><c>/apps/{app}/domains</c>: host names of one's own. They are kept and shown; the router goes by <c>{app}.localhost</c> alone.</summary>
internal sealed partial class DomainRequests(Platform platform)
{
    public void Map(HerokuRoutes routes)
    {
        routes.Get("/apps/{app}/domains", List);
        routes.Get("/apps/{app}/domains/{domain}", (world, request) => Answer.Ok(Shape(request.App(world), Find(world, request))));
        routes.Change("POST", "/apps/{app}/domains", Create);
        routes.Change("PATCH", "/apps/{app}/domains/{domain}", Update);
        routes.Change("DELETE", "/apps/{app}/domains/{domain}", Delete);
        routes.Get("/apps/{app}/sni-endpoints", (world, request) => request.App(world) is not null ? Answer.Ok(new JsonArray()) : throw Refusal.NotFound("app"));
    }

    private JsonObject Shape(App app, Domain domain)
    {
        var isCustom = app.Domains.Contains(domain);
        return new JsonObject
        {
            ["acm_status"] = null,
            ["acm_status_reason"] = null,
            ["app"] = Json.Reference(app),
            ["cname"] = isCustom ? $"{domain.Id:N}.herokudns.com" : null,
            ["created_at"] = Json.Time(domain.CreatedAt),
            ["hostname"] = domain.Hostname,
            ["id"] = domain.Id,
            ["kind"] = isCustom ? "custom" : "heroku",
            ["sni_endpoint"] = null,
            ["status"] = isCustom && platform.Now < domain.CreatedAt + platform.Parts.Options.Provisioning ? "pending" : "succeeded",
            ["updated_at"] = Json.Time(domain.CreatedAt),
        };
    }

    private Answer List(HerokuWorld world, HerokuRequest request)
    {
        var app = request.App(world);
        return Pages.Of(request, All(app), d => Shape(app, d), Pages.Key<Domain>.Text("hostname", d => d.Hostname), Pages.Key<Domain>.Text("id", d => d.Id.ToString()));
    }

    private Answer Create(HerokuWorld world, HerokuRequest request)
    {
        var (app, hostname) = (request.App(world), request.Body.RequiredText("hostname").ToLowerInvariant());
        RefuseEndpoint(request);
        if (!HostnamePattern().IsMatch(hostname))
        {
            throw Refusal.InvalidParams($"{hostname} is not a valid hostname.");
        }

        if (world.Apps.Any(a => All(a).Any(d => d.Hostname == hostname)))
        {
            throw Refusal.InvalidParams($"{hostname} is currently in use by another app.");
        }

        var domain = new Domain { Hostname = hostname, CreatedAt = platform.Now };
        app.Domains.Add(domain);
        return Answer.Created(Shape(app, domain));
    }

    private Answer Update(HerokuWorld world, HerokuRequest request)
    {
        var domain = Find(world, request);
        RefuseEndpoint(request);
        return Answer.Ok(Shape(request.App(world), domain));
    }

    private Answer Delete(HerokuWorld world, HerokuRequest request)
    {
        var (app, domain) = (request.App(world), Find(world, request));
        var shape = Shape(app, domain);
        return app.Domains.Remove(domain) ? Answer.Ok(shape) : throw Refusal.Forbidden($"{domain.Hostname} is Heroku's own and stays.");
    }

    /// <summary>Certificates can't be had here.</summary>
    private static void RefuseEndpoint(HerokuRequest request)
    {
        if (request.Body.Identity("sni_endpoint") is not null)
        {
            throw Refusal.NotFound("sni_endpoint");
        }
    }

    private Domain Find(HerokuWorld world, HerokuRequest request) =>
        All(request.App(world)).FirstOrDefault(d => d.Hostname == request["domain"] || d.Id.ToString() == request["domain"]) ?? throw Refusal.NotFound("domain");

    private IEnumerable<Domain> All(App app) => app.Domains.Prepend(new Domain
    {
        Id = Json.IdOf("domain", app.Id.ToString()),
        Hostname = AppRouter.WebUrl(platform.Parts.Address, app).Host,
        CreatedAt = app.CreatedAt,
    });

    [GeneratedRegex(@"^(\*\.)?([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$")]
    private static partial Regex HostnamePattern();
}
