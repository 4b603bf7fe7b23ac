using System.Text.Json.Nodes;
using ReleaseTasks.Sandbox.Heroku.Http;
using ReleaseTasks.Sandbox.Heroku.World;

namespace ReleaseTasks.Sandbox.Heroku;

/// <summary><c>/addons</c>: what an app has bought.</summary>
internal sealed class AddOnRequests(Platform platform)
{
    public void Map(HerokuRoutes routes)
    {
        routes.Get("/addons", (world, request) => Page(request, world, world.AddOns.Where(a => request.MayUse(world.AppOf(a.App)))));
        routes.Get("/apps/{app}/addons", (world, request) => Page(request, world, world.AddOnsOf(request.App(world))));
        routes.Get("/addons/{addon}", (world, request) => Answer.Ok(AddOnShape.Of(world, Find(world, request))));
        routes.Get("/apps/{app}/addons/{addon}", (world, request) => Answer.Ok(AddOnShape.Of(world, FindIn(world, request))));
        routes.Get("/addons/{addon}/config", Config);
        var orders = new AddOnOrders(platform);
        routes.On("POST", "/apps/{app}/addons", orders.CreateAsync);
        routes.Change("PATCH", "/apps/{app}/addons/{addon}", (world, request) => orders.ChangePlan(world, request, FindIn(world, request)));
        routes.Change("DELETE", "/apps/{app}/addons/{addon}", Delete);
        routes.Query("POST", "/actions/addons/resolve", Resolve);
    }

    /// <summary>An add-on that the account may see, by name or id, or as <c>app::ATTACHMENT</c>.</summary>
    public static AddOn Find(HerokuWorld world, HerokuRequest request, string nameOrId) =>
        FindAny(world, nameOrId) is { } addOn && world.AttachmentsOf(addOn).Select(a => a.App).Append(addOn.App).Any(id => request.MayUse(world.AppOf(id)))
            ? addOn
            : throw Refusal.NotFound("add_on");

    private static AddOn? FindAny(HerokuWorld world, string nameOrId) => nameOrId.Split("::") is [var app, var name]
        ? world.FindApp(app) is { } home && world.FindAttachment(home, name) is { } attachment ? world.AddOnOf(attachment.AddOn) : null
        : world.FindAddOn(nameOrId);

    private static AddOn Find(HerokuWorld world, HerokuRequest request) => Find(world, request, request["addon"]);

    private static AddOn FindIn(HerokuWorld world, HerokuRequest request)
    {
        var app = request.App(world);
        return world.AddOnsOf(app).FirstOrDefault(a => a.Name == request["addon"] || a.Id.ToString() == request["addon"]) ?? throw Refusal.NotFound("add_on");
    }

    private static Answer Page(HerokuRequest request, HerokuWorld world, IEnumerable<AddOn> addOns) => Pages.Of(
        request, addOns, a => AddOnShape.Of(world, a), Pages.Key<AddOn>.Text("id", a => a.Id.ToString()), Pages.Key<AddOn>.Text("name", a => a.Name));

    private static Answer Config(HerokuWorld world, HerokuRequest request)
    {
        var vars = Find(world, request).Vars.Select(v => new JsonObject { ["name"] = v.Key.ToLowerInvariant(), ["value"] = v.Value });
        return Answer.Ok(new JsonArray([.. vars]));
    }

    private Answer Delete(HerokuWorld world, HerokuRequest request)
    {
        var (app, addOn) = (request.App(world), FindIn(world, request));
        if (AddOnPlans.Find(addOn.Plan)!.Cents > 0)
        {
            request.MustOwn(app, "destroy paid add-ons");
        }

        var elsewhere = world.AttachmentsOf(addOn).Where(a => a.App != app.Id).Select(a => world.AppOf(a.App).Name).Distinct().ToList();
        if (elsewhere.Count > 0 && request.Body.Flag("force") is not true)
        {
            throw Refusal.InvalidParams($"Add-on {addOn.Name} is attached to {string.Join(", ", elsewhere)}: detach it there, or force.");
        }

        foreach (var attachment in world.AttachmentsOf(addOn).ToList())
        {
            platform.Attaching.Detach(world, world.AppOf(attachment.App), attachment, request.Account(world));
        }

        (addOn.State, addOn.UpdatedAt) = (AddOnState.Deprovisioned, platform.Now);
        var shape = AddOnShape.Of(world, addOn);
        world.AddOns.Remove(addOn);
        platform.Provisioning.Destroy(addOn);
        return Answer.Ok(shape);
    }

    private static Answer Resolve(HerokuWorld world, HerokuRequest request)
    {
        var wanted = request.Body.RequiredText("addon");
        var app = request.Body.Identity("app") is { } name ? request.App(world, name) : null;
        var found = world.AddOns.Where(a => a.Name == wanted || a.Id.ToString() == wanted).ToHashSet();
        if (app is not null && world.FindAttachment(app, wanted) is { } attachment)
        {
            found.Add(world.AddOnOf(attachment.AddOn));
        }

        found.RemoveWhere(a => !request.MayUse(world.AppOf(a.App)));
        if (app is not null && found.Count == 0)
        {
            found.UnionWith(world.AddOnsOf(app).Where(a => AddOnPlans.Find(a.Plan)!.Service == wanted));
        }

        return found.Count switch
        {
            0 => throw Refusal.NotFound("add_on"),
            1 => Answer.Ok(new JsonArray([.. found.Select(a => AddOnShape.Of(world, a))])),
            _ => throw new Refusal(422, "multiple_matches", $"Ambiguous identifier; multiple matching add-ons found: {string.Join(", ", found.Select(a => a.Name))}."),
        };
    }
}
