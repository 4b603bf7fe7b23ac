using System.Globalization;
using System.Text.Json.Nodes;
using ReleaseTasks.Sandbox.Databases;
using ReleaseTasks.Sandbox.Heroku.Http;
using ReleaseTasks.Sandbox.Heroku.World;

namespace ReleaseTasks.Sandbox.Heroku;

/// <summary><c>/client/v11/databases</c> of the Data API: how a database is, and whether it's ready.</summary>
internal sealed class DatabaseRequests(Platform platform)
{
    public void Map(HerokuRoutes routes)
    {
        routes.On("GET", "/client/v11/databases/{database}", ShowAsync);
        routes.Get("/client/v11/databases/{database}/wait_status", (world, request) => Answer.Ok(WaitStatus(Find(world, request))));
        routes.Change("PUT", "/client/v11/databases/{database}/unfollow", Unfollow);
        routes.Get("/postgres/v0/databases/{database}/credentials", (world, request) => Answer.Ok(new JsonArray(Credential(Available(world, request)))));
        routes.Get("/postgres/v0/databases/{database}/credentials/{name}", (world, request) =>
            request["name"] == "default" ? Answer.Ok(Credential(Available(world, request))) : throw Refusal.NotFound("credential"));
    }

    /// <summary>The database of the path, by its add-on's id or name.</summary>
    public static AddOn Find(HerokuWorld world, HerokuRequest request)
    {
        var addOn = AddOnRequests.Find(world, request, request["database"]);
        return AddOnPlans.Find(addOn.Plan) is { IsPostgres: true } ? addOn : throw Refusal.NotFound("database");
    }

    /// <summary>A database that can be worked with.</summary>
    public static AddOn Available(HerokuWorld world, HerokuRequest request) =>
        Find(world, request) is { AvailableAt: not null } addOn
            ? addOn
            : throw new Refusal(422, "unprocessable_entity", "The database isn't available yet: wait until it is.");

    private static JsonObject WaitStatus(AddOn addOn) => addOn switch
    {
        { State: AddOnState.Deprovisioned } => new() { ["waiting?"] = true, ["message"] = "failed to create", ["error?"] = true },
        { AvailableAt: not null } => new() { ["waiting?"] = false, ["message"] = "available" },
        { State: AddOnState.Provisioned } => new() { ["waiting?"] = true, ["message"] = "preparing", ["step"] = "2/2" },
        { RolledBackTo: not null } => new() { ["waiting?"] = true, ["message"] = "recovering", ["step"] = "1/2" },
        _ => new() { ["waiting?"] = true, ["message"] = "creating", ["step"] = "1/2" },
    };

    private async Task<Answer> ShowAsync(HerokuRequest request)
    {
        var (name, available) = platform.Store.Read(world => (Find(world, request).Name, Find(world, request).AvailableAt is not null));
        var facts = available ? await platform.Parts.Databases.DescribeAsync(name, request.Stopping) : null;
        var earliest = available ? await platform.Parts.Databases.EarliestRollbackAsync(name, request.Stopping) : default;
        return platform.Store.Read(world => Answer.Ok(Shape(world, Find(world, request), facts, platform.Parts.Clock.FromMachine(earliest))));
    }

    private JsonObject Shape(HerokuWorld world, AddOn addOn, DatabaseFacts? facts, DateTimeOffset earliest)
    {
        var plan = AddOnPlans.Find(addOn.Plan)!;
        var url = addOn.Vars.GetValueOrDefault("URL");
        var leader = addOn is { Follows: true, Source: { } source } ? world.AddOns.Find(a => a.Id == source) : null;
        return new JsonObject
        {
            ["addon_id"] = addOn.Id,
            ["name"] = addOn.Name,
            ["plan"] = plan.Name[(plan.Service.Length + 1)..],
            ["addon"] = new JsonObject { ["id"] = addOn.Id, ["name"] = addOn.Name },
            ["created_at"] = Json.Time(addOn.CreatedAt),
            ["resource_url"] = url,
            ["database_name"] = url is null ? null : new Uri(url).AbsolutePath.TrimStart('/'),
            ["database_user"] = url is null ? null : new Uri(url).UserInfo.Split(':')[0],
            ["following"] = leader?.Vars.GetValueOrDefault("URL"),
            ["leader"] = leader is null ? null : new JsonObject { ["addon_id"] = leader.Id, ["name"] = leader.Name },
            ["waiting?"] = addOn.AvailableAt is null,
            ["available_for_ingress"] = addOn.AvailableAt is not null,
            ["postgres_version"] = facts?.Version,
            ["num_bytes"] = facts?.Bytes ?? 0,
            ["num_tables"] = facts?.Tables.Count ?? 0,
            ["num_connections"] = facts?.Connections ?? 0,
            ["info"] = new JsonArray([.. Rows(addOn, plan, facts, earliest, leader)]),
        };
    }

    private IEnumerable<JsonObject> Rows(AddOn addOn, AddOnPlan plan, DatabaseFacts? facts, DateTimeOffset earliest, AddOn? leader)
    {
        var forks = plan.RollbackWindow is not null;
        yield return Row("Plan", plan.HumanName);
        yield return Row("Status", addOn.AvailableAt is null ? "Preparing" : "Available");
        if (facts is not null)
        {
            yield return Row("Data Size", Size(facts.Bytes));
            yield return Row("Tables", facts.Tables.Count.ToString(CultureInfo.InvariantCulture));
            yield return Row("PG Version", facts.Version);
            yield return Row("Connections", $"{facts.Connections}/120");
        }

        yield return Row("Connection Pooling", forks ? "Available" : "Unavailable");
        yield return Row("Credentials", "1");
        yield return Row("Fork/Follow", forks ? "Available" : "Unsupported");
        if (facts is not null)
        {
            yield return Row("Rollback", forks ? $"earliest from {Minute(Earliest(plan, earliest))} UTC" : "Unsupported");
        }

        if (leader is not null)
        {
            yield return new JsonObject { ["name"] = "Following", ["values"] = Json.Texts([leader.Vars.GetValueOrDefault("URL") ?? leader.Name]), ["resolve_db_name"] = true };
        }

        yield return Row("Created", Minute(addOn.CreatedAt.UtcDateTime));
        yield return Row("Region", "us");
        yield return Row("Data Encryption", "In Use");
        yield return Row("Continuous Protection", forks ? "On" : "Off");
        yield return Row("Maintenance", "not required");
    }

    // Minutes are shown: the first whole one that can be gone back to.
    private static string Minute(DateTime utc) => utc.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    private DateTime Earliest(AddOnPlan plan, DateTimeOffset earliest)
    {
        var window = platform.Now - plan.RollbackWindow!.Value;
        return (earliest > window ? earliest : window).UtcDateTime.AddMinutes(1).AddTicks(-1);
    }

    private static JsonObject Row(string name, string value) => new() { ["name"] = name, ["values"] = Json.Texts([value]) };

    private static string Size(long bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024.0 / 1024.0:0.00} MB");

    private Answer Unfollow(HerokuWorld world, HerokuRequest request)
    {
        var addOn = Available(world, request);
        if (!addOn.Follows)
        {
            throw new Refusal(422, "unprocessable_entity", $"{addOn.Name} isn't following another database.");
        }

        (addOn.Follows, addOn.UpdatedAt) = (false, platform.Now);
        platform.Provisioning.Unfollow(addOn);
        return Answer.Accepted(new JsonObject { ["message"] = $"{addOn.Name} is no longer following." });
    }

    private static JsonObject Credential(AddOn addOn)
    {
        var url = new Uri(addOn.Vars["URL"]);
        var user = url.UserInfo.Split(':', 2);
        return new JsonObject
        {
            ["uuid"] = Json.IdOf("credential", addOn.Id.ToString()),
            ["name"] = "default",
            ["state"] = "active",
            ["database"] = url.AbsolutePath.TrimStart('/'),
            ["host"] = url.Host,
            ["port"] = url.Port,
            ["credentials"] = new JsonArray(new JsonObject { ["user"] = user[0], ["password"] = user.Length > 1 ? Uri.UnescapeDataString(user[1]) : "", ["state"] = "active" }),
        };
    }
}
