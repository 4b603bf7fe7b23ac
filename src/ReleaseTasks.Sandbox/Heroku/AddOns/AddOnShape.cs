using System.Text.Json.Nodes;
using ReleaseTasks.Sandbox.Heroku.Http;
using ReleaseTasks.Sandbox.Heroku.World;

namespace ReleaseTasks.Sandbox.Heroku;

/// <summary>An add-on's JSON.</summary>
internal static class AddOnShape
{
    public static JsonObject Of(HerokuWorld world, AddOn addOn)
    {
        var (app, plan) = (world.AppOf(addOn.App), AddOnPlans.Find(addOn.Plan)!);
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
        shape["plan"]!["price"] = new JsonObject { ["cents"] = plan.Cents, ["contract"] = false, ["unit"] = "month", ["metered"] = false };
        return shape;
    }
}
