using System.Text.Json.Nodes;

namespace ReleaseTasks.EndToEnd.RollOuts.Undoing;

/// <summary>The app as anyone can see it.</summary>
internal sealed record Sushi
{
    public required string Slug { get; init; }

    public required string Release { get; init; }

    public required bool Maintenance { get; init; }

    /// <summary><c>release=0 web=1 worker=1</c></summary>
    public required string Formation { get; init; }

    public required IReadOnlyDictionary<string, string> ConfigVars { get; init; }

    /// <summary>Attachment to add-on.</summary>
    public required IReadOnlyDictionary<string, string> Attachments { get; init; }

    public required IReadOnlyList<string> Addons { get; init; }

    public string Primary => Attachments["DATABASE"];

    /// <summary>The config vars that people set.</summary>
    public IEnumerable<KeyValuePair<string, string>> OwnConfigVars => ConfigVars.Where(v => !v.Key.EndsWith("_URL", StringComparison.Ordinal));

    public static async Task<Sushi> OfAsync(Scene scene)
    {
        var current = (await scene.HerokuAsync("/apps/sushi/releases")).AsArray().Single(release => release!["current"]!.GetValue<bool>())!;
        return new()
        {
            Slug = Text(current["slug"]!["id"]),
            Release = $"v{current["version"]} {current["description"]}",
            Maintenance = (await scene.HerokuAsync("/apps/sushi"))["maintenance"]!.GetValue<bool>(),
            Formation = string.Join(' ', (await scene.HerokuAsync("/apps/sushi/formation")).AsArray().Select(type => $"{type!["type"]}={type["quantity"]}").Order()),
            ConfigVars = (await scene.HerokuAsync("/apps/sushi/config-vars")).AsObject().ToDictionary(v => v.Key, v => Text(v.Value)),
            Attachments = (await scene.HerokuAsync("/apps/sushi/addon-attachments")).AsArray().ToDictionary(a => Text(a!["name"]), a => Text(a!["addon"]!["name"])),
            Addons = [.. (await scene.HerokuAsync("/apps/sushi/addons")).AsArray().Select(addon => Text(addon!["name"])).Order(StringComparer.Ordinal)],
        };
    }

    private static string Text(JsonNode? node) => node!.GetValue<string>();
}
