using System.Text.Json.Nodes;
using ReleaseTasks.Sandbox.Heroku.Http;

namespace ReleaseTasks.Sandbox.Heroku;

/// <summary><c>/stacks</c>: what there is to build for.</summary>
internal static class StackRequests
{
    public static void Map(HerokuRoutes routes)
    {
        routes.Get("/stacks", (_, request) => List(request));
        routes.Get("/stacks/{stack}", (_, request) => Answer.Ok(Shape(Find(request["stack"]) ?? throw Refusal.NotFound("stack"))));
        routes.Get("/apps/{app}/available-stacks", (world, request) => request.App(world) is not null ? List(request) : throw Refusal.NotFound("app"));
    }

    /// <summary>The stack that a request asks for under a name; null where it asks for none.</summary>
    public static string? Wanted(Body body, string name) => body.Identity(name) is { } wanted
        ? Find(wanted)?.Name ?? throw Refusal.InvalidParams($"Invalid param {name}: there is no stack {wanted}.")
        : null;

    private static Answer List(HerokuRequest request) =>
        Pages.Of(request, Stack.All, Shape, Pages.Key<Stack>.Text("name", s => s.Name), Pages.Key<Stack>.Text("id", s => IdOf(s).ToString()));

    private static JsonObject Shape(Stack stack) => new()
    {
        ["created_at"] = Json.Time(stack.CreatedAt),
        ["default"] = stack.Name == Stack.Default,
        ["id"] = IdOf(stack),
        ["name"] = stack.Name,
        ["state"] = stack.State,
        ["updated_at"] = Json.Time(stack.CreatedAt),
    };

    private static Stack? Find(string nameOrId) => Stack.All.FirstOrDefault(s => s.Name == nameOrId || IdOf(s).ToString() == nameOrId);

    private static Guid IdOf(Stack stack) => Json.IdOf("stack", stack.Name);
}
