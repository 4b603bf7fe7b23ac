using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using NJsonSchema;

namespace Cake.Heroku.Tests.Contract;

/// <summary>
/// Heroku's published schema of the Platform API, read strictly: what it doesn't name is an error. It describes version 3; the clients,
/// like the Heroku CLI, speak <c>3.sdk</c>, which differs in the few places that <see cref="AsVersion3"/> knows.
/// </summary>
internal sealed partial class PlatformSchema(string file)
{
    private readonly JsonObject _document = JsonNode.Parse(File.ReadAllText(file))!.AsObject();

    /// <summary>What is wrong with a request's body, by the best of the schemas that fit it.</summary>
    public Task<IReadOnlyList<string>> CheckBodyAsync(Exchange exchange) => CheckAsync(exchange, "schema", exchange.Body);

    public Task<IReadOnlyList<string>> CheckAnswerAsync(Exchange exchange) => CheckAsync(exchange, "targetSchema", exchange.Answer);

    private async Task<IReadOnlyList<string>> CheckAsync(Exchange exchange, string part, string json)
    {
        var links = Links(exchange.Request).Select(link => link[part]).ToList();
        if (json.Length == 0)
        {
            return links.TrueForAll(schema => schema is null) ? [] : [$"{exchange.Request} needs a body."];
        }

        IReadOnlyList<string>? best = null;
        foreach (var schema in links.OfType<JsonObject>())
        {
            var errors = await ValidateAsync(schema, AsVersion3(JsonNode.Parse(json)!));
            best = best is null || errors.Count < best.Count ? errors : best;
        }

        return best ?? [$"{exchange.Request} is not in the schema."];
    }

    private async Task<IReadOnlyList<string>> ValidateAsync(JsonObject schema, JsonNode json)
    {
        var whole = await JsonSchema.FromJsonAsync(Inline(schema).ToJsonString());
        return [.. whole.Validate(json.ToJsonString()).Select(error => error.ToString())];
    }

    private IEnumerable<JsonObject> Links(string request)
    {
        var (method, path) = (request.Split(' ')[0], request.Split(' ')[1]);
        return _document["definitions"]!.AsObject()
            .SelectMany(definition => definition.Value!["links"]?.AsArray() ?? [])
            .Select(link => link!.AsObject())
            .Where(link => (string?)link["method"] == method)
            .Where(link => Regex.IsMatch(path, $"^{Placeholder().Replace((string)link["href"]!, "[^/]+")}$"));
    }

    /// <summary>With references resolved, and closed to what isn't named.</summary>
    private JsonNode Inline(JsonNode node)
    {
        if (node is JsonArray list)
        {
            return new JsonArray([.. list.Select(item => item is null ? null : Inline(item))]);
        }

        if (node is not JsonObject schema)
        {
            return node.DeepClone();
        }

        if ((string?)(schema["$ref"] as JsonValue) is { } reference)
        {
            return Inline(Find(reference));
        }

        var inlined = new JsonObject(schema
            .Where(p => p.Key is not ("definitions" or "links" or "example" or "default"))
            .Select(p => KeyValuePair.Create(p.Key, p.Value is null ? null : Inline(p.Value))));
        if (schema["properties"] is JsonObject && schema["additionalProperties"] is null && schema["type"] is JsonArray)
        {
            inlined["additionalProperties"] = false;
        }

        return inlined;
    }

    // The schema misspells one of its own references: dyno_size.
    private JsonNode Find(string reference) => reference.TrimStart('#', '/').Split('/').Aggregate(
        (JsonNode)_document,
        (node, part) => node[part] ?? node[part.Replace('_', '-')] ?? throw new InvalidOperationException($"{reference}: no {part}"));

    /// <summary>
    /// The CLI names add-ons, apps and plans by an object where version 3 has their name, a log session's dyno <c>dyno</c>, and sends
    /// <c>true</c> for an add-on's option without a value. Answers have an expanded plan's price, and for an attachment what
    /// <c>Accept-Inclusion</c> asks for.
    /// </summary>
    private static JsonNode AsVersion3(JsonNode json)
    {
        if (json is JsonArray list)
        {
            return new JsonArray([.. list.Select(item => AsVersion3(item!.DeepClone()))]);
        }

        var body = json.AsObject();
        foreach (var name in new[] { "addon", "app", "plan" })
        {
            if (body[name] is JsonObject { Count: 1 } named && (string?)named["name"] is { } text)
            {
                body[name] = text;
            }
        }

        if (body.ContainsKey("dyno"))
        {
            body["dyno_name"] = body["dyno"]!.DeepClone();
            body.Remove("dyno");
        }

        var config = body["config"] as JsonObject ?? [];
        foreach (var (option, _) in config.Where(o => o.Value is JsonValue value && value.TryGetValue<bool>(out var _)).ToList())
        {
            config[option] = "true";
        }

        (body["plan"] as JsonObject)?.Remove("price");
        if ((body["addon"] as JsonObject)?.Remove("plan") == true)
        {
            body.Remove("config_vars");
        }

        return body;
    }

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Placeholder();
}
