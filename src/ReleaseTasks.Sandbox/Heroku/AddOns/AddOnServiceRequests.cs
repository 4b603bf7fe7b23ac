using System.Text.Json.Nodes;
using ReleaseTasks.Sandbox.Heroku.Http;

namespace ReleaseTasks.Sandbox.Heroku;

/// <summary><c>/addon-services</c> and <c>/plans</c>: what can be bought.</summary>
internal static class AddOnServiceRequests
{
    public static void Map(HerokuRoutes routes)
    {
        routes.Get("/addon-services", (_, request) => Pages.Of(
            request,
            AddOnPlans.All.Select(p => p.Service).Distinct(),
            ShapeService,
            Pages.Key<string>.Text("name", s => s),
            Pages.Key<string>.Text("id", s => Json.IdOf("add-on service", s).ToString())));
        routes.Get("/addon-services/{service}", (_, request) => Answer.Ok(ShapeService(FindService(request["service"]))));
        routes.Get("/addon-services/{service}/plans", (_, request) => PagePlans(request, AddOnPlans.All.Where(p => p.Service == FindService(request["service"]))));
        routes.Get("/plans/{plan}", (_, request) => Answer.Ok(ShapePlan(AddOnPlans.Find(request["plan"]) ?? throw Refusal.NotFound("plan"))));
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
        ["supported_generations"] = new JsonArray(Json.Named("generation", "cedar")),
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
}
