using System.Text.Json;
using System.Text.Json.Nodes;

namespace ReleaseTasks.Sandbox.Heroku.Http;

/// <summary>A request's JSON, or a part of it. Values of the wrong type are refused as Heroku does, with 422.</summary>
internal sealed class Body(JsonObject json)
{
    public JsonObject Json => json;

    public static async Task<Body> ReadAsync(Stream stream, CancellationToken ct)
    {
        try
        {
            using var text = new StreamReader(stream);
            var json = await text.ReadToEndAsync(ct);
            return new Body(json.Length == 0 ? [] : JsonNode.Parse(json) as JsonObject ?? throw Refusal.BadRequest("The request body must be a JSON object."));
        }
        catch (JsonException)
        {
            throw Refusal.BadRequest("The request body isn't valid JSON.");
        }
    }

    public bool Has(string name) => json.ContainsKey(name);

    /// <summary>Null where there is none, or null was sent.</summary>
    public string? Text(string name) => json[name] switch
    {
        null => null,
        JsonValue value when value.TryGetValue<string>(out var text) => text,
        _ => throw Wrong(name, "a string"),
    };

    public string RequiredText(string name) => Text(name) is { Length: > 0 } text ? text : throw Refusal.InvalidParams($"Require params: {name}.");

    public bool? Flag(string name) => json[name] switch
    {
        null => null,
        JsonValue value when value.TryGetValue<bool>(out var flag) => flag,
        _ => throw Wrong(name, "a boolean"),
    };

    public int? Number(string name) => json[name] switch
    {
        null => null,
        JsonValue value when value.TryGetValue<int>(out var number) => number,
        JsonValue value when value.TryGetValue<string>(out var text) && int.TryParse(text, out var number) => number,
        _ => throw Wrong(name, "an integer"),
    };

    public Body? Object(string name) => json[name] switch
    {
        null => null,
        JsonObject part => new Body(part),
        _ => throw Wrong(name, "an object"),
    };

    public IReadOnlyList<Body> Objects(string name) => json[name] switch
    {
        null => [],
        JsonArray array => [.. array.Select(i => i is JsonObject part ? new Body(part) : throw Wrong(name, "a list of objects"))],
        _ => throw Wrong(name, "a list"),
    };

    public IReadOnlyList<string> Texts(string name) => json[name] switch
    {
        null => [],
        JsonArray array => [.. array.Select(i => i is JsonValue value && value.TryGetValue<string>(out var text) ? text : throw Wrong(name, "a list of strings"))],
        _ => throw Wrong(name, "a list"),
    };

    /// <summary>What names another resource: <c>"x"</c>, or an object with its <c>id</c> or <c>name</c>.</summary>
    public string? Identity(string name) => json[name] switch
    {
        null => null,
        JsonObject part => new Body(part).Text("id") ?? new Body(part).Text("name"),
        _ => Text(name),
    };

    public string RequiredIdentity(string name) => Identity(name) is { Length: > 0 } text ? text : throw Refusal.InvalidParams($"Require params: {name}.");

    private static Refusal Wrong(string name, string expected) => Refusal.InvalidParams($"Invalid param {name}: it must be {expected}.");
}
