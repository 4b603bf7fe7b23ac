using ReleaseTasks.Sandbox.Heroku.Http;
using ReleaseTasks.Sandbox.Heroku.World;

namespace ReleaseTasks.Sandbox.Heroku;

/// <summary><c>POST /apps/{app}/addons</c>, and <c>PATCH</c> for another plan: everything is checked before anything is made.</summary>
internal sealed class AddOnOrders(Platform platform)
{
    // How far back a database can go is asked of the database, which can't be done under the world's lock.
    public async Task<Answer> CreateAsync(HerokuRequest request)
    {
        var source = platform.Store.Read(world => Read(world, request).Options is { Source.Name: var name, To: not null } ? name : null);
        var earliest = source is null ? default
            : platform.Parts.Clock.FromMachine(await platform.Parts.Databases.EarliestRollbackAsync(source, request.Stopping));
        return platform.Store.Change(world => Create(world, request, Read(world, request), earliest));
    }

    /// <summary>Another plan of the same service. Its config vars stay, and it is a release all the same.</summary>
    public Answer ChangePlan(HerokuWorld world, HerokuRequest request, AddOn addOn)
    {
        var (app, user) = (request.App(world), request.Account(world));
        var (service, wanted) = (AddOnPlans.Find(addOn.Plan)!.Service, request.Body.RequiredIdentity("plan"));
        var plan = AddOnPlans.All.FirstOrDefault(p => p.Name == wanted && p.Service == service)
            ?? throw Refusal.InvalidParams($"Couldn't find either the add-on service or the add-on plan of \"{wanted}\".");
        CheckPurse(request, app, user, plan);
        (addOn.Plan, addOn.UpdatedAt) = (plan.Name, platform.Now);
        platform.Attaching.Release(world, app, user, $"Update {service} to {plan.Name} (@ref:{addOn.Name})");
        return Answer.Ok(AddOnShape.Of(world, addOn));
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

        var shape = AddOnShape.Of(world, addOn);
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
            throw Refusal.InvalidParams(FormattableString.Invariant(
                $"Cannot roll back {database.Source!.Name} to {moment:yyyy-MM-dd HH:mm:ss} UTC: earliest from {first:yyyy-MM-dd HH:mm:ss} UTC."));
        }
    }

    /// <summary>A request for an add-on, checked.</summary>
    private sealed record Order(App App, Account User, AddOnPlan Plan, Dictionary<string, string> Config, DatabaseOptions Options);
}
