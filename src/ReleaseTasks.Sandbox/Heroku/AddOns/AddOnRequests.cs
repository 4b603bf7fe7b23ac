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
        routes.Get("/addons/{addon}", (world, request) => Answer.Ok(Shape(world, Find(world, request))));
        routes.Get("/apps/{app}/addons/{addon}", (world, request) => Answer.Ok(Shape(world, FindIn(world, request))));
        routes.Get("/addons/{addon}/config", Config);
        routes.On("POST", "/apps/{app}/addons", CreateAsync);
        routes.Change("DELETE", "/apps/{app}/addons/{addon}", Delete);
        routes.Query("POST", "/actions/addons/resolve", Resolve);
        routes.Get("/addon-services/{service}", (_, request) => Answer.Ok(ShapeService(FindService(request["service"]))));
        routes.Get("/addon-services/{service}/plans", (_, request) => PagePlans(request, AddOnPlans.All.Where(p => p.Service == FindService(request["service"]))));
        routes.Get("/plans/{plan}", (_, request) => Answer.Ok(ShapePlan(AddOnPlans.Find(request["plan"]) ?? throw Refusal.NotFound("plan"))));
    }

    /// <summary>An add-on that the account may see, by name or id.</summary>
    public static AddOn Find(HerokuWorld world, HerokuRequest request, string nameOrId) =>
        world.FindAddOn(nameOrId) is { } addOn && world.AttachmentsOf(addOn).Select(a => a.App).Append(addOn.App).Any(id => request.MayUse(world.AppOf(id)))
            ? addOn
            : throw Refusal.NotFound("add_on");

    private static AddOn Find(HerokuWorld world, HerokuRequest request) => Find(world, request, request["addon"]);

    private static AddOn FindIn(HerokuWorld world, HerokuRequest request)
    {
        var app = request.App(world);
        return world.AddOnsOf(app).FirstOrDefault(a => a.Name == request["addon"] || a.Id.ToString() == request["addon"]) ?? throw Refusal.NotFound("add_on");
    }

    private static JsonObject Shape(HerokuWorld world, AddOn addOn)
    {
        var (app, plan) = (world.AppOf(addOn.App), AddOnPlans.Find(addOn.Plan)!);
        var price = new JsonObject { ["cents"] = plan.Cents, ["contract"] = false, ["unit"] = "month", ["metered"] = true };
        var shape = new JsonObject
        {
            ["actions"] = new JsonArray(),
            ["addon_service"] = Json.Named("add-on service", plan.Service),
            ["app"] = Json.Reference(app),
            ["billed_price"] = new JsonObject { ["cents"] = plan.Cents, ["contract"] = false, ["unit"] = "month" },
            ["billing_entity"] = new JsonObject { ["id"] = app.Id, ["name"] = app.Name, ["type"] = "app" },
            ["config_vars"] = Json.Texts(world.AttachmentsOf(addOn).Where(a => a.App == app.Id).SelectMany(a => addOn.Vars.Keys.Select(a.VarName))),
            ["created_at"] = Json.Time(addOn.CreatedAt),
            ["id"] = addOn.Id,
            ["name"] = addOn.Name,
            ["plan"] = Json.Named("plan", plan.Name),
            ["provider_id"] = addOn.Id.ToString(),
            ["state"] = addOn.State.ToString().ToLowerInvariant(),
            ["updated_at"] = Json.Time(addOn.UpdatedAt),
            ["web_url"] = null,
        };
        shape["plan"]!["price"] = price;
        return shape;
    }

    private static Answer Page(HerokuRequest request, HerokuWorld world, IEnumerable<AddOn> addOns) => Pages.Of(
        request, addOns, a => Shape(world, a), Pages.Key<AddOn>.Text("id", a => a.Id.ToString()), Pages.Key<AddOn>.Text("name", a => a.Name));

    private static Answer Config(HerokuWorld world, HerokuRequest request)
    {
        var vars = Find(world, request).Vars.Select(v => new JsonObject { ["name"] = v.Key.ToLowerInvariant(), ["value"] = v.Value });
        return Answer.Ok(new JsonArray([.. vars]));
    }

    // How far back a database can go is asked of the database, which can't be done under the world's lock.
    private async Task<Answer> CreateAsync(HerokuRequest request)
    {
        var source = platform.Store.Read(world => Read(world, request).Options is { Source.Name: var name, To: not null } ? name : null);
        var earliest = source is null ? default
            : platform.Parts.Clock.FromMachine(await platform.Parts.Databases.EarliestRollbackAsync(source, request.Stopping));
        return platform.Store.Change(world => Create(world, request, Read(world, request), earliest));
    }

    private Order Read(HerokuWorld world, HerokuRequest request)
    {
        var (app, user) = (request.App(world), request.Account(world));
        var plan = AddOnPlans.Find(request.Body.RequiredIdentity("plan"))
            ?? throw Refusal.NotFound("plan");
        CheckPurse(request, app, user, plan);
        var config = request.Body.Object("config") is { } options ? options.Json.ToDictionary(o => o.Key, o => o.Value?.ToString() ?? "") : [];
        var database = plan.IsPostgres ? DatabaseOptions.Read(world, app, plan, config, platform.Now) : new DatabaseOptions(null, null, Follows: false);
        if (request.Body.Text("name") is { } name && world.FindAddOn(name) is not null)
        {
            throw Refusal.InvalidParams($"Name {name} is already taken");
        }

        return new Order(app, user, plan, config, database);
    }

    private static void CheckPurse(HerokuRequest request, App app, Account user, AddOnPlan plan)
    {
        if (plan.Cents == 0)
        {
            return;
        }

        request.MustOwn(app, "create paid add-ons");
        if (!user.Verified)
        {
            throw new Refusal(402, "delinquent", "Please verify your account to install this add-on plan: add a payment method at https://heroku.com/verify.");
        }
    }

    private Answer Create(HerokuWorld world, HerokuRequest request, Order order, DateTimeOffset earliest)
    {
        var (app, user, plan, config, database) = order;
        CheckRange(plan, database, earliest);
        var attachment = request.Body.Object("attachment")?.Text("name")?.ToUpperInvariant() ?? AddOnNames.Attachment(world, app, plan);
        Attaching.Check(world, app, addOn: null, plan, attachment, request.Body.Text("confirm"));
        var addOn = new AddOn
        {
            Name = request.Body.Text("name") ?? AddOnNames.New(world, plan, Random.Shared),
            App = app.Id,
            Plan = plan.Name,
            State = plan.IsPostgres ? AddOnState.Provisioning : AddOnState.Provisioned,
            Options = config,
            Source = database.Source?.Id,
            RolledBackTo = database.To,
            Follows = database.Follows,
            CreatedAt = platform.Now,
            UpdatedAt = platform.Now,
        };
        foreach (var name in plan.IsPostgres ? [] : AddOnPlans.VarNames(plan.Name))
        {
            addOn.Vars[name] = $"{plan.Service}-{addOn.Id:N}";
        }

        world.AddOns.Add(addOn);
        platform.Attaching.Attach(world, app, addOn, attachment, @namespace: null, user);
        if (plan.IsPostgres)
        {
            platform.Provisioning.Start(addOn);
        }

        var shape = Shape(world, addOn);
        shape["provision_message"] = plan.IsPostgres
            ? "Database is being provisioned. Use `heroku pg:wait` to track its status."
            : "";
        return Answer.Created(shape);
    }

    private void CheckRange(AddOnPlan plan, DatabaseOptions database, DateTimeOffset earliest)
    {
        if (database.To is not { } moment)
        {
            return;
        }

        var window = platform.Now - plan.RollbackWindow!.Value;
        var first = earliest > window ? earliest : window;
        if (moment < first)
        {
            throw Refusal.InvalidParams($"Cannot roll back {database.Source!.Name} to {moment:yyyy-MM-dd HH:mm:ss} UTC: earliest from {first:yyyy-MM-dd HH:mm:ss} UTC.");
        }
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
        var shape = Shape(world, addOn);
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
            1 => Answer.Ok(new JsonArray([.. found.Select(a => Shape(world, a))])),
            _ => throw new Refusal(422, "multiple_matches", $"Ambiguous identifier; multiple matching add-ons found: {string.Join(", ", found.Select(a => a.Name))}."),
        };
    }

    private static string FindService(string name) => AddOnPlans.All.FirstOrDefault(p => p.Service == name)?.Service ?? throw Refusal.NotFound("add_on service");

    private static JsonObject ShapeService(string service) => new()
    {
        ["cli_plugin_name"] = null,
        ["created_at"] = "2012-01-01T12:00:00Z",
        ["human_name"] = service,
        ["id"] = Json.IdOf("add-on service", service),
        ["name"] = service,
        ["state"] = "ga",
        ["supports_multiple_installations"] = true,
        ["supports_sharing"] = true,
        ["updated_at"] = "2012-01-01T12:00:00Z",
    };

    private static Answer PagePlans(HerokuRequest request, IEnumerable<AddOnPlan> plans) =>
        Pages.Of(request, plans, ShapePlan, Pages.Key<AddOnPlan>.Text("name", p => p.Name), Pages.Key<AddOnPlan>.Text("id", p => Json.IdOf("plan", p.Name).ToString()));

    private static JsonObject ShapePlan(AddOnPlan plan) => new()
    {
        ["addon_service"] = Json.Named("add-on service", plan.Service),
        ["compliance"] = null,
        ["created_at"] = "2012-01-01T12:00:00Z",
        ["default"] = AddOnPlans.Find(plan.Service) == plan,
        ["description"] = plan.HumanName,
        ["human_name"] = plan.HumanName,
        ["id"] = Json.IdOf("plan", plan.Name),
        ["installable_inside_private_network"] = false,
        ["installable_outside_private_network"] = true,
        ["name"] = plan.Name,
        ["price"] = new JsonObject { ["cents"] = plan.Cents, ["contract"] = false, ["unit"] = "month" },
        ["space_default"] = false,
        ["state"] = "ga",
        ["updated_at"] = "2012-01-01T12:00:00Z",
        ["visible"] = true,
    };

    /// <summary>A request for an add-on, checked.</summary>
    private sealed record Order(App App, Account User, AddOnPlan Plan, Dictionary<string, string> Config, DatabaseOptions Options);
}
