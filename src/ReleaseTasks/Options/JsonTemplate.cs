using System.Text.Json;
using System.Text.Json.Nodes;

namespace ReleaseTasks.Options;

/// <summary>
/// A JSON object with places for a text. Whatever the text is, it stays a text: it is put into the values, not into the JSON.
/// </summary>
internal sealed class JsonTemplate
{
    public const string Place = "{text}";

    private readonly JsonObject _template;

    private JsonTemplate(JsonObject template) => _template = template;

    /// <summary>Null where it isn't an object, or has no place for the text.</summary>
    public static JsonTemplate? Parse(string json)
    {
        try
        {
            return JsonNode.Parse(json) is JsonObject template && Holes(template).Any() ? new(template) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public JsonObject Fill(string text)
    {
        var filled = _template.DeepClone().AsObject();
        foreach (var hole in Holes(filled).ToList())
        {
            hole.ReplaceWith(hole.GetValue<string>().Replace(Place, text, StringComparison.Ordinal));
        }

        return filled;
    }

    private static IEnumerable<JsonValue> Holes(JsonNode? node) => node switch
    {
        JsonObject members => members.SelectMany(member => Holes(member.Value)),
        JsonArray items => items.SelectMany(Holes),
        JsonValue value when value.TryGetValue<string>(out var text) && text.Contains(Place, StringComparison.Ordinal) => [value],
        _ => [],
    };
}
