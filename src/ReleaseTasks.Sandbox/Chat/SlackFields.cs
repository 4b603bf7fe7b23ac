using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace ReleaseTasks.Sandbox.Chat;

/// <summary>The fields of a request, whichever way they came: as JSON, as a form whose nested values are JSON, or in the address.</summary>
internal static class SlackFields
{
    /// <summary>A call of the Web API. Null where the body can't be read.</summary>
    public static async Task<Dictionary<string, string>?> OfCallAsync(HttpContext http)
    {
        var (fields, body) = (OfQuery(http), await ReadAsync(http));
        if (!IsForm(http))
        {
            return body.Length == 0 ? fields : AddJson(body, fields);
        }

        foreach (var (name, value) in QueryHelpers.ParseQuery(body))
        {
            fields[name] = value.ToString();
        }

        return fields;
    }

    /// <summary>A message to the webhook; a form carries it as JSON in one field. Null where it can't be read.</summary>
    public static async Task<Dictionary<string, string>?> OfMessageAsync(HttpContext http)
    {
        var (fields, body) = (OfQuery(http), await ReadAsync(http));
        return !IsForm(http) ? AddJson(body, fields)
            : QueryHelpers.ParseQuery(body).TryGetValue("payload", out var payload) ? AddJson(payload.ToString(), fields)
            : null;
    }

    private static Dictionary<string, string> OfQuery(HttpContext http) => http.Request.Query.ToDictionary(field => field.Key, field => field.Value.ToString());

    private static async Task<string> ReadAsync(HttpContext http)
    {
        using var reader = new StreamReader(http.Request.Body, Encoding.UTF8);
        return await reader.ReadToEndAsync(http.RequestAborted);
    }

    private static bool IsForm(HttpContext http) =>
        http.Request.ContentType?.StartsWith("application/x-www-form-urlencoded", StringComparison.Ordinal) is true;

    private static Dictionary<string, string>? AddJson(string json, Dictionary<string, string> fields)
    {
        try
        {
            foreach (var property in JsonElement.Parse(json).EnumerateObject())
            {
                fields[property.Name] = property.Value.ValueKind == JsonValueKind.String ? property.Value.GetString()! : property.Value.GetRawText();
            }

            return fields;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null; // not JSON, or JSON but no object
        }
    }
}
