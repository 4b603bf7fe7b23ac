using System.Text.Json.Nodes;
using ReleaseTasks.Sandbox.Heroku.Http;
using ReleaseTasks.Sandbox.Heroku.World;

namespace ReleaseTasks.Sandbox.Heroku;

/// <summary><c>/apps/{app}/dynos</c>: what runs, restarts, and one-off dynos.</summary>
internal sealed class DynoRequests(Platform platform)
{
    public void Map(HerokuRoutes routes)
    {
        routes.Get("/apps/{app}/dynos", List);
        routes.Get("/apps/{app}/dynos/{dyno}", (world, request) => Answer.Ok(Shape(Find(request.App(world), request["dyno"]))));
        routes.Query("POST", "/apps/{app}/dynos", Create);
        routes.Query("DELETE", "/apps/{app}/dynos", (world, request) => Restart(request.App(world), request.Account(world), _ => true));
        routes.Query("DELETE", "/apps/{app}/dynos/{dyno}", RestartSome);
        routes.Query("DELETE", "/apps/{app}/formations/{type}", (world, request) => Restart(request.App(world), request.Account(world), d => d.Type == request["type"]));
        routes.Query("POST", "/apps/{app}/dynos/{dyno}/actions/stop", StopSome);
        routes.Query("POST", "/apps/{app}/formations/{type}/actions/stop", (world, request) => Stop(request.App(world), d => d.Type == request["type"]));
    }

    private static JsonObject Shape(Dyno dyno) => new()
    {
        ["app"] = new JsonObject { ["id"] = dyno.App, ["name"] = dyno.AppName },
        ["attach_url"] = dyno.AttachUrl?.AbsoluteUri,
        ["command"] = dyno.Command,
        ["created_at"] = Json.Time(dyno.CreatedAt),
        ["id"] = dyno.Id,
        ["name"] = dyno.Name,
        ["release"] = new JsonObject { ["id"] = dyno.Release, ["version"] = dyno.Version },
        ["size"] = dyno.Size,
        ["state"] = dyno.State,
        ["type"] = dyno.Type,
        ["updated_at"] = Json.Time(dyno.UpdatedAt),
    };

    private Answer List(HerokuWorld world, HerokuRequest request) => Pages.Of(
        request,
        platform.Fleet.Of(request.App(world)),
        Shape,
        Pages.Key<Dyno>.Text("name", d => d.Name),
        Pages.Key<Dyno>.Text("id", d => d.Id.ToString()));

    private Answer Create(HerokuWorld world, HerokuRequest request)
    {
        var app = request.App(world);
        var command = request.Body.RequiredText("command");
        var size = FormationRequests.SizeOf(request.Body.Text("size") ?? "Standard-1X");
        var env = request.Body.Object("env") is { } vars ? vars.Json.ToDictionary(p => p.Key, p => vars.Text(p.Key) ?? "") : [];
        if (app.CurrentSlug is null)
        {
            throw Refusal.Conflict("The app has no release with a slug yet, so there's nothing to run.");
        }

        var isTerminal = request.Body.Flag("force_no_tty") is not true;
        var attached = request.Body.Flag("attach") is true ? new Attached(isTerminal) : null;
        var dyno = platform.OneOffs.Run(app, command, size, env, attached);
        platform.Log(app, "app", "api", $"Starting process with command `{command}` by user {request.Account(world).Email}");
        return Answer.Created(Shape(dyno));
    }

    private Answer RestartSome(HerokuWorld world, HerokuRequest request)
    {
        var (app, dynos) = (request.App(world), FindSome(request.App(world), request["dyno"]));
        return dynos.TrueForAll(d => d.IsOneOff) ? Stop(app, dynos.Contains) : Restart(app, request.Account(world), dynos.Contains);
    }

    private Answer StopSome(HerokuWorld world, HerokuRequest request) =>
        Stop(request.App(world), FindSome(request.App(world), request["dyno"]).Contains);

    private Answer Restart(App app, Account user, Func<Dyno, bool> which)
    {
        platform.Log(app, "app", "api", $"Restarted by user {user.Email}");
        platform.Fleet.Restart(app, which);
        return Answer.Accepted(new JsonObject());
    }

    private Answer Stop(App app, Func<Dyno, bool> which)
    {
        platform.Fleet.Stop(app, which);
        return Answer.Accepted(new JsonObject());
    }

    /// <summary>One by its name or id, or all of a type: <c>heroku ps:restart web</c> puts the type where the dyno's name goes.</summary>
    private List<Dyno> FindSome(App app, string dynoOrType) =>
        platform.Fleet.Of(app).Where(d => d.Type == dynoOrType).ToList() is { Count: > 0 } ofType ? ofType : [Find(app, dynoOrType)];

    private Dyno Find(App app, string nameOrId) =>
        platform.Fleet.Of(app).FirstOrDefault(d => d.Name == nameOrId || d.Id.ToString() == nameOrId) ?? throw Refusal.NotFound("dyno");
}
