using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using NJsonSchema;

namespace ReleaseTasks.Shapes;

/// <summary>GitHub's own description of its requests and answers, which nobody of us has written: OpenAPI read as JSON schemas.</summary>
internal sealed class GitHubShapes
{
    private const string File = "github-openapi-subset.json";

    private static readonly Lazy<GitHubShapes?> Loaded = new(Load);

    private readonly JsonSchema shapes;
    private readonly List<(Regex Path, string Template)> paths;

    private GitHubShapes(JsonSchema shapes, List<(Regex, string)> paths) => (this.shapes, this.paths) = (shapes, paths);

    /// <summary>Whether the description is beside the checkout.</summary>
    public static bool AreHere => Reference.Find(File) is not null;

    /// <summary>Null where the description isn't beside the checkout.</summary>
    public static GitHubShapes? OrNull => Loaded.Value;

    /// <summary>What's wrong with an exchange, one line each; nothing for what isn't described.</summary>
    public IReadOnlyList<string> Check(string method, string path, int status, string request, string? contentType, string answer)
    {
        if (Find(path) is not { } template || status is 401 or 403 or 429 or >= 500 or (>= 300 and < 400))
        {
            return [];
        }

        var operation = $"{method} {template}";
        if (!shapes.Definitions.ContainsKey(operation))
        {
            return [];
        }

        var found = new List<string>();
        if (!shapes.Definitions.ContainsKey($"{operation} {status}"))
        {
            // The merge of nothing, an archive's 404 and the like: GitHub sends more error statuses than it describes.
            return status >= 400 ? [] : [$"{operation}: {status} isn't described"];
        }

        if (status < 400 && request.Length > 0 && shapes.Definitions.TryGetValue($"{operation} request", out var asked))
        {
            found.AddRange(asked.Validate(request).Select(error => $"{operation} request: {error.Path} {error.Kind}"));
        }

        if (answer.Length > 0 && contentType?.StartsWith("application/json", StringComparison.Ordinal) == true)
        {
            found.AddRange(shapes.Definitions[$"{operation} {status}"].Validate(answer).Select(error => $"{operation} {status}: {error.Path} {error.Kind}"));
        }

        return found;
    }

    private string? Find(string path) =>
        path.StartsWith("/api/v3", StringComparison.Ordinal) ? paths.Find(known => known.Path.IsMatch(path["/api/v3".Length..])).Template : null;

    private static GitHubShapes? Load() => Reference.Find(File) is { } file ? Read(JsonNode.Parse(System.IO.File.ReadAllText(file))!) : null;

    private static GitHubShapes Read(JsonNode openApi)
    {
        var definitions = new JsonObject();
        foreach (var (name, schema) in openApi["components"]!["schemas"]!.AsObject())
        {
            definitions[name] = Converted(schema!);
        }

        var paths = new List<(Regex, string)>();
        foreach (var (template, operations) in openApi["paths"]!.AsObject())
        {
            paths.Add((PathOf(template), template));
            foreach (var (method, operation) in operations!.AsObject())
            {
                if (operation is JsonObject described && described.ContainsKey("responses"))
                {
                    Add(definitions, openApi, $"{method.ToUpperInvariant()} {template}", described);
                }
            }
        }

        var root = JsonSchema.FromJsonAsync(new JsonObject { ["definitions"] = definitions }.ToJsonString()).GetAwaiter().GetResult();
        // A template with fewer holes is the better match: issues/comments/{id} before issues/{number}/comments.
        return new GitHubShapes(root, [.. paths.OrderBy(path => path.Item2.Count(c => c == '{')).ThenByDescending(path => path.Item2.Length)]);
    }

    private static void Add(JsonObject definitions, JsonNode openApi, string operation, JsonObject described)
    {
        definitions[operation] = new JsonObject();
        if (SchemaIn(described["requestBody"]) is { } body)
        {
            var closed = Converted(body);
            if (closed["properties"] is not null)
            {
                closed["additionalProperties"] = false; // else a misspelt property would pass
            }

            definitions[$"{operation} request"] = closed;
        }

        foreach (var (status, response) in described["responses"]!.AsObject())
        {
            var target = response!["$ref"] is { } reference
                ? openApi["components"]!["responses"]![reference.GetValue<string>().Split('/')[^1]]
                : response;
            definitions[$"{operation} {status}"] = SchemaIn(target) is { } schema ? Converted(schema) : new JsonObject();
        }
    }

    private static JsonNode? SchemaIn(JsonNode? described) => described?["content"]?["application/json"]?["schema"];

    /// <summary>OpenAPI 3.0 to JSON schema: where null may stand, and where the definitions are.</summary>
    private static JsonObject Converted(JsonNode schema)
    {
        var converted = new JsonObject();
        foreach (var (name, value) in schema.AsObject())
        {
            converted[name] = value switch
            {
                _ when name is "example" or "examples" or "nullable" or "discriminator" => null,
                _ when name == "$ref" => value!.GetValue<string>().Replace("#/components/schemas/", "#/definitions/", StringComparison.Ordinal),
                JsonObject properties when name == "properties" =>
                    new JsonObject(properties.Select(property => KeyValuePair.Create(property.Key, (JsonNode?)Converted(property.Value!)))),
                JsonObject inner => Converted(inner),
                JsonArray list when name is "allOf" or "anyOf" or "oneOf" => new JsonArray([.. list.Select(item => Converted(item!))]),
                _ => value?.DeepClone(),
            };
            if (converted[name] is null)
            {
                converted.Remove(name);
            }
        }

        if (schema["default"] is JsonValue usual && usual.ToJsonString() == "\"\"")
        {
            converted.Remove("format"); // GitHub's own default for some addresses is no address
        }

        return schema["nullable"]?.GetValue<bool>() == true ? OrNothing(converted) : converted;
    }

    private static JsonObject OrNothing(JsonObject schema)
    {
        if (schema["type"] is JsonValue type && !schema.ContainsKey("enum"))
        {
            schema["type"] = new JsonArray(type.GetValue<string>(), "null");
            return schema;
        }

        return new JsonObject { ["anyOf"] = new JsonArray(schema, new JsonObject { ["type"] = "null" }) };
    }

    private static Regex PathOf(string template)
    {
        // A path, a pair of refs and, where it's all about refs, a ref may have slashes in them.
        var isAboutRefs = template.Contains("/git/", StringComparison.Ordinal);
        var pattern = Regex.Replace(Regex.Escape(template), @"\\\{([^}]+)}", hole => hole.Groups[1].Value is "path" or "basehead" || (isAboutRefs && hole.Groups[1].Value == "ref") ? "(.+)" : "([^/]+)");
        return new Regex($"^{pattern}$", RegexOptions.CultureInvariant);
    }
}
