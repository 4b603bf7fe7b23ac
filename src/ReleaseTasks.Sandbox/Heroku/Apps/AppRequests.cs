using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ReleaseTasks.Sandbox.Heroku.Http;
using ReleaseTasks.Sandbox.Heroku.World;

namespace ReleaseTasks.Sandbox.Heroku;

/// <summary><c>/apps</c>: apps themselves and maintenance mode.</summary>
internal sealed partial class AppRequests(Platform platform)
{
    public void Map(HerokuRoutes routes)
    {
        routes.Get("/apps", (world, request) => Page(request, world, world.Apps.Where(request.MayUse)));
        routes.Get("/users/{account}/apps", (world, request) => Page(request, world, world.Apps.Where(request.Owns)));
        routes.Change("POST", "/apps", Create);
        routes.Get("/apps/{app}", (world, request) => Answer.Ok(Shape(world, request.App(world))));
        routes.Change("PATCH", "/apps/{app}", Update);
        routes.Change("DELETE", "/apps/{app}", Delete);
        routes.Query("POST", "/filters/apps", Filter);
    }

    public JsonObject Shape(HerokuWorld world, App app)
    {
        var owner = world.Account(app.Owner);
        return new JsonObject
        {
            ["acm"] = false,
            ["archived_at"] = null,
            ["buildpack_provided_description"] = app.CurrentSlug is null ? null : "Python",
            ["build_stack"] = Json.Named("stack", app.BuildStack),
            ["created_at"] = Json.Time(app.CreatedAt),
            ["generation"] = Json.Named("generation", app.Generation),
            ["git_url"] = platform.UrlOf($"heroku-git/{app.Name}.git").AbsoluteUri,
            ["id"] = app.Id,
            ["internal_routing"] = null,
            ["maintenance"] = app.Maintenance,
            ["name"] = app.Name,
            ["organization"] = null,
            ["owner"] = Json.Reference(owner),
            ["region"] = Json.Named("region", "us"),
            ["released_at"] = Json.Time(app.Current?.CreatedAt),
            ["repo_size"] = null,
            ["slug_size"] = app.CurrentSlug?.Size,
            ["space"] = null,
            ["stack"] = Json.Named("stack", app.Stack),
            ["team"] = null,
            ["updated_at"] = Json.Time(app.UpdatedAt),
            ["web_url"] = AppRouter.WebUrl(platform.Parts.Address, app).AbsoluteUri,
        };
    }

    private Answer Page(HerokuRequest request, HerokuWorld world, IEnumerable<App> apps, Func<HerokuWorld, App, JsonObject>? shape = null) => Pages.Of(
        request,
        apps,
        app => (shape ?? Shape)(world, app),
        Pages.Key<App>.Text("name", a => a.Name),
        Pages.Key<App>.Text("id", a => a.Id.ToString()));

    private Answer Create(HerokuWorld world, HerokuRequest request)
    {
        var name = request.Body.Text("name") ?? $"sandbox-{Guid.NewGuid():N}"[..30];
        var stack = StackRequests.Wanted(request.Body, "stack") ?? Stack.Default;
        Refuse(world, name);
        var app = world.CreateApp(name, request.Account(world), platform.Now);
        app.SetStack(stack);
        platform.Releasing.Add(world, app, request.Account(world), "Initial release");
        platform.Releasing.Add(world, app, request.Account(world), "Enable Logplex");
        return Answer.Created(Shape(world, app));
    }

    private Answer Update(HerokuWorld world, HerokuRequest request)
    {
        var app = request.App(world);
        var (name, maintenance, stack) = (request.Body.Text("name"), request.Body.Flag("maintenance"), StackRequests.Wanted(request.Body, "build_stack"));
        if (name is not null && name != app.Name)
        {
            request.MustOwn(app, "rename");
            Refuse(world, name);
            app.Name = name;
        }

        if (maintenance is { } on && on != app.Maintenance)
        {
            app.Maintenance = on;
            platform.Log(app, "app", "api", $"{(on ? "Enabled" : "Disabled")} maintenance mode by user {request.Account(world).Email}");
        }

        if (stack is not null)
        {
            app.BuildStack = stack;
            app.Stack = app.CurrentSlug?.Stack ?? stack;
        }

        app.UpdatedAt = platform.Now;
        return Answer.Ok(Shape(world, app));
    }

    private Answer Delete(HerokuWorld world, HerokuRequest request)
    {
        var app = request.App(world);
        request.MustOwn(app, "delete");
        var shape = Shape(world, app);
        foreach (var addOn in world.AddOnsOf(app).ToList())
        {
            world.Attachments.RemoveAll(a => a.AddOn == addOn.Id);
            world.AddOns.Remove(addOn);
            platform.Provisioning.Destroy(addOn);
        }

        world.Attachments.RemoveAll(a => a.App == app.Id);
        world.Couplings.RemoveAll(c => c.App == app.Id);
        platform.Fleet.Dissolve(app);
        world.Apps.Remove(app);
        return Answer.Ok(shape);
    }

    private Answer Filter(HerokuWorld world, HerokuRequest request)
    {
        var ids = (request.Body.Object("in") ?? throw Refusal.InvalidParams("Require params: in.")).Texts("id").ToHashSet();
        return Page(request, world, world.Apps.Where(a => request.MayUse(a) && ids.Contains(a.Id.ToString())), ShapeAsOfTeam);
    }

    /// <summary>The filter answers as if every app were a team's.</summary>
    private JsonObject ShapeAsOfTeam(HerokuWorld world, App app)
    {
        var shape = Shape(world, app);
        (shape["joined"], shape["locked"]) = (true, false);
        return shape;
    }

    private static void Refuse(HerokuWorld world, string name)
    {
        if (!NamePattern().IsMatch(name))
        {
            throw Refusal.InvalidParams("Name must start with a letter, end with a letter or digit and can only contain lowercase letters, digits, and dashes.");
        }

        if (world.FindApp(name) is not null)
        {
            throw Refusal.InvalidParams($"Name {name} is already taken");
        }
    }

    [GeneratedRegex("^[a-z][a-z0-9-]{1,28}[a-z0-9]$")]
    private static partial Regex NamePattern();
}
