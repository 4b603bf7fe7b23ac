using System.Text.Json.Nodes;
using ReleaseTasks.Sandbox.Heroku.Http;
using ReleaseTasks.Sandbox.Heroku.World;

namespace ReleaseTasks.Sandbox.Heroku;

/// <summary><c>/account</c>: who asks, and how often they still may. There are no teams here.</summary>
internal sealed class AccountRequests(RateLimit limit)
{
    public void Map(HerokuRoutes routes)
    {
        routes.Get("/account", (world, request) => Answer.Ok(Shape(request.Account(world))));
        routes.Get("/users/{account}", (world, request) => Answer.Ok(Shape(Find(world, request))));
        routes.On("GET", "/account/rate-limits", request => Task.FromResult(Answer.Ok(new JsonObject { ["remaining"] = limit.Remaining(request.AccountId) })), counts: false);
        routes.Get("/teams", (_, _) => Answer.Ok(new JsonArray()));
        routes.Get("/teams/permissions", (_, _) => throw Refusal.NotFound("team"));
        routes.Get("/teams/{team}", (_, _) => throw Refusal.NotFound("team"));
        routes.Get("/teams/{team}/members", (_, _) => throw Refusal.NotFound("team"));
    }

    private static JsonObject Shape(Account account) => new()
    {
        ["allow_tracking"] = false,
        ["beta"] = false,
        ["country_of_residence"] = null,
        ["created_at"] = Json.Time(account.CreatedAt),
        ["default_organization"] = null,
        ["default_team"] = null,
        ["delinquent_at"] = null,
        ["email"] = account.Email,
        ["federated"] = false,
        ["id"] = account.Id,
        ["identity_provider"] = null,
        ["last_login"] = Json.Time(account.CreatedAt),
        ["name"] = account.Email.Split('@')[0],
        ["sms_number"] = null,
        ["suspended_at"] = null,
        ["two_factor_authentication"] = false,
        ["updated_at"] = Json.Time(account.CreatedAt),
        ["verified"] = account.Verified,
    };

    private static Account Find(HerokuWorld world, HerokuRequest request) =>
        request["account"] == "~" || request["account"] == request.Account(world).Email || request["account"] == request.AccountId.ToString()
            ? request.Account(world)
            : throw Refusal.NotFound("user");
}
