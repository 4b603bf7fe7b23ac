using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace ReleaseTasks.Sandbox.Monitoring;

/// <summary>A request's JSON object. What is missing or of another type reads as nothing, as with Sentry.</summary>
internal sealed class SentryBody(JsonElement json)
{
    /// <summary>Null for what isn't a JSON object.</summary>
    public static async Task<SentryBody?> ReadAsync(HttpContext http)
    {
        try
        {
            using var body = new MemoryStream();
            await http.Request.Body.CopyToAsync(body, http.RequestAborted);
            var json = body.Length == 0 ? JsonElement.Parse("{}") : JsonElement.Parse(body.ToArray());
            return json.ValueKind == JsonValueKind.Object ? new SentryBody(json) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public string? Text(string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    public List<string> Texts(string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Array
            ? [.. value.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.String).Select(item => item.GetString()!)]
            : [];

    public DateTimeOffset? Time(string name) =>
        DateTimeOffset.TryParse(Text(name), CultureInfo.InvariantCulture, out var time) ? time : null;
}
