using System.Text.Json;
using System.Text.Json.Nodes;

namespace ReleaseTasks.Redaction;

/// <summary>The texts in a JSON object or array, at whatever depth.</summary>
internal static class JsonTexts
{
    /// <returns>Whether any of them was changed.</returns>
    public static bool Change(JsonNode container, Func<string, string> change)
    {
        var hasChanged = false;
        foreach (var (value, replace) in Members(container))
        {
            if (value is JsonValue leaf && leaf.GetValueKind() == JsonValueKind.String)
            {
                var text = leaf.GetValue<string>();
                var changed = change(text);
                if (changed != text)
                {
                    replace(changed);
                    hasChanged = true;
                }
            }
            else if (value is JsonObject or JsonArray)
            {
                hasChanged |= Change(value, change);
            }
        }

        return hasChanged;
    }

    private static List<(JsonNode? Value, Action<string> Replace)> Members(JsonNode container) => container switch
    {
        JsonObject all => [.. all.Select(member => (member.Value, (Action<string>)(text => all[member.Key] = text)))],
        JsonArray all => [.. all.Select((value, index) => (value, (Action<string>)(text => all[index] = text)))],
        _ => [],
    };
}
