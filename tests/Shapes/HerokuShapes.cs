using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using NJsonSchema;

namespace ReleaseTasks.Shapes;

/// <summary>Heroku's own description of its Platform API, which nobody of us has written: a JSON schema with links.</summary>
internal sealed partial class HerokuShapes
{
    private const string File = "heroku-platform-schema.json";

    private static readonly Lazy<HerokuShapes?> Loaded = new(Load);

    private readonly JsonSchema _shapes;
    private readonly List<Link> _links;

    private HerokuShapes(JsonSchema shapes, List<Link> links) => (_shapes, _links) = (shapes, links);

    /// <summary>Whether the description is beside the checkout.</summary>
    public static bool AreHere => Reference.Find(File) is not null;

    /// <summary>Null where the description isn't beside the checkout.</summary>
    public static HerokuShapes? OrNull => Loaded.Value;

    /// <summary>What's wrong with an exchange, one line each; nothing for what isn't described, such as the Data API.</summary>
    public IReadOnlyList<string> Check(string method, string path, int status, string request, string answer)
    {
        if (status is < 200 or > 299 || _links.FindAll(l => l.Method == method && l.Path.IsMatch(path)) is not { Count: > 0 } links)
        {
            return [];
        }

        // One path and method can be several links, such as a rollback and a release: one of them has to fit.
        var found = links.ConvertAll(link => (List<string>)[.. Check(link, "request", request), .. Check(link, "answer", answer)]);
        return found.Exists(f => f.Count == 0) ? [] : found[0];
    }

    private IEnumerable<string> Check(Link link, string what, string json) =>
        json.Length > 0 && _shapes.Definitions.TryGetValue($"{link.Name} {what}", out var schema)
            ? schema.Validate(what == "request" ? Named(json) : json).Select(e => $"{link.Name} {what}: {e.Path} {e.Kind}")
            : [];

    /// <summary>An add-on, app or plan may be named by <c>{"name": …}</c>, as the official CLI does; the schema knows the text alone.</summary>
    private static string Named(string json)
    {
        if (JsonNode.Parse(json) is not JsonObject body)
        {
            return json;
        }

        foreach (var thing in new[] { "addon", "app", "plan" })
        {
            if (body[thing] is JsonObject { Count: 1 } named && named["name"] is JsonValue text)
            {
                body[thing] = text.DeepClone();
            }
        }

        return body.ToJsonString();
    }

    private static HerokuShapes? Load() => Reference.Find(File) is { } file ? Read(JsonNode.Parse(System.IO.File.ReadAllText(file))!.AsObject()) : null;

    private static HerokuShapes Read(JsonObject schema)
    {
        var definitions = schema["definitions"]!.AsObject();

        // Ours are on loopback, and there's no other honest answer.
        definitions["app"]!["definitions"]!["git_url"]!.AsObject().Remove("pattern");
        definitions["app"]!["definitions"]!["web_url"]!.AsObject().Remove("pattern");

        // Its own example, subdomain.example.com, is no URI.
        definitions["domain"]!["definitions"]!["hostname"]!.AsObject().Remove("format");

        // Strict in its answer only: a build is asked for without a checksum every day.
        definitions["build"]!["definitions"]!["source_blob"]!.AsObject().Remove("strictProperties");
        var (links, requests) = (new List<Link>(), new Dictionary<string, JsonNode>());
        foreach (var resource in definitions.Select(d => d.Value!.AsObject()).ToList())
        {
            RequireAll(resource);
            foreach (var link in resource["links"]?.AsArray() ?? [])
            {
                var (method, href) = (link!["method"]!.GetValue<string>(), link["href"]!.GetValue<string>());
                var name = $"{method} {HolePattern().Replace(href, "{}")} #{links.Count}";
                links.Add(new Link(name, method, new Regex($"^{HolePattern().Replace(href, "[^/]+")}$", RegexOptions.CultureInvariant)));
                Add(definitions, $"{name} answer", link["targetSchema"]);
                requests[$"{name} request"] = link["schema"]?.DeepClone() ?? new JsonObject();
            }
        }

        RequireStrictly(definitions);
        foreach (var (name, request) in requests)
        {
            Add(definitions, name, request);
        }

        return new HerokuShapes(JsonSchema.FromJsonAsync(new JsonObject { ["definitions"] = definitions.DeepClone() }.ToJsonString()).GetAwaiter().GetResult(), links);
    }

    private static void Add(JsonObject definitions, string name, JsonNode? schema)
    {
        if (schema is not null)
        {
            definitions[name] = schema.DeepClone();
        }
    }

    // Heroku sends every property of a resource, save for the few that it says aren't always there.
    private static void RequireAll(JsonObject resource)
    {
        if (resource["required"] is null && resource["properties"] is JsonObject properties)
        {
            resource["required"] = new JsonArray([.. properties.Select(p => p.Key).Where(k => k is not "dyno_size").Select(k => JsonValue.Create(k))]);
        }
    }

    // "strictProperties" is Heroku's own word: all of them have to be there.
    private static void RequireStrictly(JsonNode? node)
    {
        if (node is JsonObject { } schema)
        {
            if (schema["strictProperties"] is JsonValue strict && strict.GetValue<bool>() && schema["properties"] is JsonObject properties && schema["required"] is null)
            {
                schema["required"] = new JsonArray([.. properties.Select(p => JsonValue.Create(p.Key))]);
            }

            foreach (var (_, value) in schema.ToList())
            {
                RequireStrictly(value);
            }
        }
        else if (node is JsonArray list)
        {
            foreach (var value in list)
            {
                RequireStrictly(value);
            }
        }
    }

    [GeneratedRegex(@"\{\([^)]*\)\}")]
    private static partial Regex HolePattern();

    private sealed record Link(string Name, string Method, Regex Path);
}
