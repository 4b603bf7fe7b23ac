using System.Text.Json;

namespace ReleaseTasks.Sandbox.GitHub;

/// <summary>A request's JSON object, read from the raw stream: GitHub looks at no content type, and Octokit sends JSON as a form.</summary>
internal sealed class GitHubBody
{
    private readonly JsonElement root;

    private GitHubBody(JsonElement root) => this.root = root;

    public static async Task<GitHubBody> ReadAsync(Stream stream, CancellationToken ct)
    {
        using var copy = new MemoryStream();
        await stream.CopyToAsync(copy, ct);
        if (copy.Length == 0)
        {
            return new GitHubBody(JsonSerializer.SerializeToElement(new { }));
        }

        try
        {
            var root = JsonElement.Parse(copy.ToArray());
            return root.ValueKind switch
            {
                JsonValueKind.Object => new GitHubBody(root),
                JsonValueKind.Null => new GitHubBody(JsonSerializer.SerializeToElement(new { })),
                _ => throw new GitHubRefusal(400, "Body should be a JSON object"),
            };
        }
        catch (JsonException)
        {
            throw new GitHubRefusal(400, "Problems parsing JSON");
        }
    }

    public bool Has(string name) => root.TryGetProperty(name, out _);

    /// <summary>A text; null where it's missing or null.</summary>
    public string? Text(string name) => Value(name, JsonValueKind.String, "a string")?.GetString();

    public string NeededText(string name) => Text(name) ?? throw GitHubRefusal.Malformed($"\"{name}\" wasn't supplied.");

    /// <summary>One of a few words; null where it's missing or null.</summary>
    public string? Choice(string name, params string[] choices) => Text(name) is not { } text || choices.Contains(text)
        ? Text(name)
        : throw GitHubRefusal.Malformed($"For 'properties/{name}', \"{text}\" is not a member of {JsonSerializer.Serialize(choices)}.");

    public bool? Flag(string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.False
            ? false
            : Value(name, JsonValueKind.True, "a boolean")?.GetBoolean();

    public int? Number(string name) => Value(name, JsonValueKind.Number, "an integer")?.GetInt32();

    public DateTimeOffset? Time(string name) => Text(name) is not { } text
        ? null
        : DateTimeOffset.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var time)
            ? time
            : throw GitHubRefusal.Malformed($"For 'properties/{name}', \"{text}\" is not a valid date-time.");

    /// <summary>An array of texts; null where it's missing.</summary>
    public IReadOnlyList<string>? Texts(string name) => Value(name, JsonValueKind.Array, "an array")?.EnumerateArray()
        .Select(item => item.ValueKind is JsonValueKind.String
            ? item.GetString()!
            : throw GitHubRefusal.Malformed($"For 'items', {item.GetRawText()} is not a string."))
        .ToList();

    /// <summary>An array of objects; empty where it's missing.</summary>
    public IReadOnlyList<GitHubBody> Objects(string name) =>
        [.. Value(name, JsonValueKind.Array, "an array")?.EnumerateArray().Select(item => item.ValueKind is JsonValueKind.Object
            ? new GitHubBody(item)
            : throw GitHubRefusal.Malformed($"For 'items', {item.GetRawText()} is not an object.")) ?? []];

    /// <summary>An object; null where it's missing.</summary>
    public GitHubBody? Object(string name) => Value(name, JsonValueKind.Object, "an object") is { } value ? new GitHubBody(value) : null;

    /// <summary>Any value, as it was sent; null where it's missing.</summary>
    public string? Raw(string name) => root.TryGetProperty(name, out var value) ? value.GetRawText() : null;

    private JsonElement? Value(string name, JsonValueKind kind, string description)
    {
        if (!root.TryGetProperty(name, out var value) || value.ValueKind is JsonValueKind.Null)
        {
            return null;
        }

        return value.ValueKind == kind ? value : throw GitHubRefusal.Malformed($"For 'properties/{name}', {value.GetRawText()} is not {description}.");
    }
}
