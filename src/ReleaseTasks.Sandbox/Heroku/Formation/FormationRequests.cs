using System.Text.Json.Nodes;
using ReleaseTasks.Sandbox.Heroku.Http;
using ReleaseTasks.Sandbox.Heroku.World;

namespace ReleaseTasks.Sandbox.Heroku;

/// <summary><c>/apps/{app}/formation</c>: how many dynos run which process type.</summary>
internal sealed class FormationRequests(Platform platform)
{
    private static readonly string[] Sizes = ["Eco", "Basic", "Standard-1X", "Standard-2X", "Performance-M", "Performance-L", "Performance-L-RAM", "Performance-XL", "Performance-2XL"];

    public void Map(HerokuRoutes routes)
    {
        routes.Get("/apps/{app}/formation", (world, request) => Page(request, request.App(world), request.App(world).Formation));
        routes.Get("/apps/{app}/formation/{type}", (world, request) => Answer.Ok(Shape(request.App(world), Find(request.App(world), request["type"]))));
        routes.Change("PATCH", "/apps/{app}/formation", Update);
        routes.Change("PATCH", "/apps/{app}/formation/{type}", UpdateOne);
    }

    private static JsonObject Shape(App app, ProcessType type) => new()
    {
        ["app"] = Json.Reference(app),
        ["command"] = type.Command,
        ["created_at"] = Json.Time(type.CreatedAt),
        ["dyno_size"] = Json.Named("dyno size", type.Size),
        ["id"] = type.Id,
        ["quantity"] = type.Quantity,
        ["size"] = type.Size,
        ["type"] = type.Type,
        ["updated_at"] = Json.Time(type.UpdatedAt),
    };

    private static Answer Page(HerokuRequest request, App app, IEnumerable<ProcessType> types) =>
        Pages.Of(request, types, t => Shape(app, t), Pages.Key<ProcessType>.Text("type", t => t.Type), Pages.Key<ProcessType>.Text("id", t => t.Id.ToString()));

    private Answer Update(HerokuWorld world, HerokuRequest request)
    {
        var app = request.App(world);
        if (!request.Body.Has("updates"))
        {
            throw Refusal.InvalidParams("Require params: updates.");
        }

        var changes = request.Body.Objects("updates").Select(update => Read(app, update.RequiredText("type"), update)).ToList();
        Apply(app, changes, request.Account(world));
        return Page(request, app, changes.Select(c => c.Type).Distinct());
    }

    private Answer UpdateOne(HerokuWorld world, HerokuRequest request)
    {
        var app = request.App(world);
        var change = Read(app, request["type"], request.Body);
        Apply(app, [change], request.Account(world));
        return Answer.Ok(Shape(app, change.Type));
    }

    private static Change Read(App app, string type, Body update)
    {
        var known = Find(app, type);
        var quantity = update.Number("quantity") ?? known.Quantity;
        if (quantity is < 0 or > 100)
        {
            throw Refusal.InvalidParams($"Cannot scale {type} to {quantity}: a quantity is from 0 to 100.");
        }

        return new Change(known, quantity, update.Identity("size") is { } size ? SizeOf(size) : known.Size);
    }

    /// <summary>A dyno size as Heroku spells it, whatever the case; 422 for one that it doesn't have.</summary>
    public static string SizeOf(string size) =>
        Array.Find(Sizes, s => s.Equals(size, StringComparison.OrdinalIgnoreCase)) ?? throw Refusal.InvalidParams($"No such dyno size: {size}.");

    private void Apply(App app, List<Change> changes, Account user)
    {
        var resized = changes.Where(c => c.Size != c.Type.Size).Select(c => c.Type.Type).ToHashSet();
        foreach (var (type, quantity, size) in changes)
        {
            (type.Quantity, type.Size, type.UpdatedAt) = (quantity, size, platform.Now);
        }

        var scaled = string.Join(" ", changes.Select(c => $"{c.Type.Type}@{c.Quantity}:{c.Size}"));
        platform.Log(app, "app", "api", $"Scaled to {scaled} by user {user.Email}");
        platform.Fleet.Scale(app);
        if (resized.Count > 0)
        {
            platform.Fleet.Restart(app, d => resized.Contains(d.Type));
        }
    }

    private static ProcessType Find(App app, string typeOrId) =>
        app.Find(typeOrId) ?? app.Formation.Find(p => p.Id.ToString() == typeOrId)
        ?? throw new Refusal(404, "not_found", $"Couldn't find that process type ({typeOrId}).");

    private sealed record Change(ProcessType Type, int Quantity, string Size);
}
