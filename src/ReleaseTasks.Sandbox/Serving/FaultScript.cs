using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace ReleaseTasks.Sandbox.Serving;

/// <summary>Reads and writes faults: in a file as JSON, in an argument as <c>ON: DO name=value …</c>. Both know the same names.</summary>
internal static class FaultScript
{
    /// <summary>In the sandbox's directory, written by whoever wants a bad night.</summary>
    public const string FileName = "faults.json";

    private static readonly JsonDocumentOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    private static readonly JsonSerializerOptions Entries = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
    };

    /// <exception cref="InvalidDataException">It isn't a list of faults.</exception>
    public static IReadOnlyList<Fault> ReadFile(string file)
    {
        if (!File.Exists(file))
        {
            return [];
        }

        try
        {
            return JsonNode.Parse(File.ReadAllText(file), documentOptions: Lenient) is JsonArray list
                ? [.. list.Select((entry, at) => Read(entry, $"{file}, entry {at + 1}"))]
                : throw new InvalidDataException($"{file}: must be a list of faults, [{{ \"on\": …, \"do\": … }}].");
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"{file}: isn't JSON at {e.LineNumber + 1}:{e.BytePositionInLine + 1}.", e);
        }
    }

    /// <exception cref="InvalidDataException">A part of it isn't a fault.</exception>
    public static IReadOnlyList<Fault> Parse(string text) =>
        [.. text.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(entry => Read(Entry(entry), $"'{entry}'"))];

    /// <exception cref="InvalidDataException">It can't be done.</exception>
    public static Fault Checked(Fault fault, string place) =>
        FaultWords.Problem(fault) is { } problem ? throw new InvalidDataException($"{place}: {problem}") : fault;

    public static string Format(Fault fault)
    {
        var usual = JsonSerializer.SerializeToNode(new Fault { On = fault.On, Do = fault.Do }, Entries)!.AsObject();
        var details = JsonSerializer.SerializeToNode(fault, Entries)!.AsObject().Where(detail => !JsonNode.DeepEquals(detail.Value, usual[detail.Key]));
        return string.Join(' ', details.Select(detail => $"{detail.Key}={detail.Value}").Prepend($"{fault.On}: {fault.Do}"));
    }

    private static Fault Read(JsonNode? entry, string place)
    {
        try
        {
            return Checked(entry.Deserialize<Fault>(Entries) ?? throw new JsonException("holds null."), place);
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"{place}: {Problem(e)} A fault has on and do, and may have after, times, chance, status, retryAfter, seconds, field and value.", e);
        }
    }

    /// <summary>In the writer's words: theirs name our types.</summary>
    private static string Problem(JsonException e) => e.Path is { Length: > 2 } path
        ? $"{path[2..]} isn't known, or isn't of its kind."
        : "on or do is missing.";

    private static JsonObject Entry(string text)
    {
        var (on, rest) = text.Split(": ", 2) is [var place, var details] ? (place, details.Split(' ', StringSplitOptions.RemoveEmptyEntries)) : (text, []);
        var entry = new JsonObject { ["on"] = on };
        if (rest is [var what, ..])
        {
            entry["do"] = what;
        }

        foreach (var detail in rest.Skip(1))
        {
            var (name, value) = detail.Split('=', 2) is [var before, var after] ? (before, after) : (detail, "");
            entry[name] = name == "field" ? value : ValueOf(value);
        }

        return entry;
    }

    private static JsonNode? ValueOf(string text)
    {
        try
        {
            return JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            return text;
        }
    }
}
