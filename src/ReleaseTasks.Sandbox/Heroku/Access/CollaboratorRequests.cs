using System.Text.Json.Nodes;
using ReleaseTasks.Sandbox.Heroku.Http;
using ReleaseTasks.Sandbox.Heroku.World;

namespace ReleaseTasks.Sandbox.Heroku;

/// <summary><c>/apps/{app}/collaborators</c>: who besides the owner may use an app. The owner is one of them.</summary>
internal sealed class CollaboratorRequests(Platform platform)
{
    public void Map(HerokuRoutes routes)
    {
        routes.Get("/apps/{app}/collaborators", List);
        routes.Get("/apps/{app}/collaborators/{collaborator}", (world, request) => Answer.Ok(Shape(world, request.App(world), Find(world, request))));
        routes.Change("POST", "/apps/{app}/collaborators", Create);
        routes.Change("DELETE", "/apps/{app}/collaborators/{collaborator}", Delete);
    }

    private static JsonObject Shape(HerokuWorld world, App app, Collaborator collaborator)
    {
        var user = Json.Reference(world.Account(collaborator.User));
        user["federated"] = false;
        return new JsonObject
        {
            ["app"] = Json.Reference(app),
            ["created_at"] = Json.Time(collaborator.CreatedAt),
            ["id"] = collaborator.Id,
            ["permissions"] = new JsonArray(),
            ["role"] = collaborator.User == app.Owner ? "owner" : "collaborator",
            ["updated_at"] = Json.Time(collaborator.CreatedAt),
            ["user"] = user,
        };
    }

    private static Answer List(HerokuWorld world, HerokuRequest request)
    {
        var app = request.App(world);
        return Pages.Of(
            request,
            All(app),
            c => Shape(world, app, c),
            Pages.Key<Collaborator>.Text("email", c => world.Account(c.User).Email),
            Pages.Key<Collaborator>.Text("id", c => c.Id.ToString()));
    }

    private Answer Create(HerokuWorld world, HerokuRequest request)
    {
        var app = request.App(world);
        request.MustOwn(app, "add collaborators");
        var wanted = (request.Body.Json["user"] is JsonObject ? request.Body.Object("user")!.Text("email") ?? request.Body.Identity("user") : request.Body.Text("user"))
            ?? throw Refusal.InvalidParams("Require params: user.");
        var user = world.Accounts.Find(a => a.Email == wanted || a.Id.ToString() == wanted) ?? throw Refusal.NotFound("user");
        if (All(app).Any(c => c.User == user.Id))
        {
            throw Refusal.InvalidParams("User is already a collaborator on this app.");
        }

        app.AddCollaborator(user, platform.Now);
        return Answer.Created(Shape(world, app, app.Collaborators[^1]));
    }

    private static Answer Delete(HerokuWorld world, HerokuRequest request)
    {
        var (app, collaborator) = (request.App(world), Find(world, request));
        request.MustOwn(app, "remove collaborators");
        var shape = Shape(world, app, collaborator);
        return app.Collaborators.Remove(collaborator) ? Answer.Ok(shape) : throw Refusal.InvalidParams("The owner can't be removed from the app.");
    }

    private static Collaborator Find(HerokuWorld world, HerokuRequest request) =>
        All(request.App(world)).FirstOrDefault(c => c.Id.ToString() == request["collaborator"] || world.Account(c.User).Email == request["collaborator"])
        ?? throw Refusal.NotFound("collaborator");

    private static IEnumerable<Collaborator> All(App app) =>
        app.Collaborators.Prepend(new Collaborator { Id = Json.IdOf("owner", app.Id.ToString()), User = app.Owner, CreatedAt = app.CreatedAt });
}
