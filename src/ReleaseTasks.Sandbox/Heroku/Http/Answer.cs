using System.Text.Json.Nodes;

namespace ReleaseTasks.Sandbox.Heroku.Http;

/// <summary>What goes back to the client.</summary>
internal sealed record Answer(int Status, JsonNode? Body)
{
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    public static Answer Ok(JsonNode? body) => new(200, body);

    public static Answer Created(JsonNode body) => new(201, body);

    public static Answer Accepted(JsonNode body) => new(202, body);

    public static Answer Of(Refusal refusal)
    {
        var body = new JsonObject { ["id"] = refusal.Id, ["message"] = refusal.Message };
        if (refusal.Resource is not null)
        {
            body["resource"] = refusal.Resource;
        }

        if (refusal.App is not null)
        {
            body["app"] = new JsonObject { ["name"] = refusal.App };
        }

        return new Answer(refusal.Status, body)
        {
            Headers = refusal.App is null ? [] : [new("X-Confirmation-Required", refusal.App)],
        };
    }
}
