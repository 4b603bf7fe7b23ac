using System.Globalization;
using System.Text.Json.Nodes;
using ReleaseTasks.Sandbox.Heroku.World;

namespace ReleaseTasks.Sandbox.Heroku.Http;

/// <summary>The bits of JSON that every resource is made of, written as Heroku writes them.</summary>
internal static class Json
{
    /// <summary><c>2026-01-02T03:04:05Z</c></summary>
    public static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    public static string? Time(DateTimeOffset? time) => time is { } known ? Time(known) : null;

    public static JsonObject Reference(App app) => new() { ["id"] = app.Id, ["name"] = app.Name };

    public static JsonObject Reference(Account account) => new() { ["id"] = account.Id, ["email"] = account.Email };

    public static JsonObject Reference(Guid id) => new() { ["id"] = id };

    /// <summary>The id of something that has no other trace in the world, such as a region: the same for the same name.</summary>
    public static Guid IdOf(string kind, string name) =>
        new(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes($"{kind} {name}")).AsSpan(0, 16));

    public static JsonObject Named(string kind, string name) => new() { ["id"] = IdOf(kind, name), ["name"] = name };

    public static JsonArray Texts(IEnumerable<string> texts) => new([.. texts.Select(t => JsonValue.Create(t))]);

    public static JsonObject Map(IEnumerable<KeyValuePair<string, string>> map) => new(map.Select(p => KeyValuePair.Create(p.Key, (JsonNode?)p.Value)));
}
