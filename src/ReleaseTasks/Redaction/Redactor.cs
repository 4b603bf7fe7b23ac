using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ReleaseTasks.Redaction;

/// <summary>
/// The one door: whatever leaves the program (screen, journal, its copy, pull request, chat, reports, exceptions) passes through it. It
/// masks secrets, by their value where that is known and by their form where it isn't, also escaped or over two lines, and shows control
/// characters. What it gives is for people alone: nothing may be read back from it in order to act.
/// </summary>
internal sealed class Redactor
{
    private const string Mask = "[REDACTED]";

    private readonly Lock _lock = new();
    private readonly HashSet<string> _names = [];
    private readonly HashSet<ConfigVar> _held = [];
    private volatile Knowledge? _knowledge;

    /// <summary>Names that stay readable, whatever a config var holds.</summary>
    public void Name(params IEnumerable<string?> names)
    {
        lock (_lock)
        {
            var before = _names.Count;
            _names.UnionWith(names.OfType<string>());
            Renew(_names.Count > before && _held.Count > 0);
        }
    }

    /// <summary>From now on these values are kept in.</summary>
    /// <param name="held">By the names of the config vars that hold them.</param>
    public void Learn(IEnumerable<KeyValuePair<string, string>> held)
    {
        lock (_lock)
        {
            var before = _held.Count;
            foreach (var (name, value) in held)
            {
                if (value.Length >= HeldValues.Shortest)
                {
                    _held.Add(new(name, value));
                }
            }

            Renew(_held.Count > before);
        }
    }

    /// <summary>The text without secrets and control characters.</summary>
    public string Clean(string text)
    {
        var secrets = Knowledge.SecretsIn(text, _knowledge);
        return secrets.Count == 0 ? ForeignText.ShowControls(text) : Masked(text, secrets);
    }

    /// <summary>The same JSON, each of its texts cleaned; names stay.</summary>
    public JsonElement Clean(JsonElement json) =>
        JsonSerializer.SerializeToNode(json) is { } copy && JsonTexts.Change(copy, Clean) ? JsonSerializer.SerializeToElement(copy) : json;

    /// <summary>A JSON document, each of its texts cleaned; names stay.</summary>
    public string CleanDocument(string json, JsonSerializerOptions format) =>
        JsonNode.Parse(json) is { } copy && JsonTexts.Change(copy, Clean) ? copy.ToJsonString(format) : json;

    /// <summary>Whether it holds what nobody may know: the value of a config var whose name or form says so.</summary>
    public bool Exposes(string text) => _knowledge?.Exposes(text) == true;

    private void Renew(bool isOutdated)
    {
        if (isOutdated)
        {
            _knowledge = new(_held, _names);
        }
    }

    private static string Masked(string text, List<Passage> secrets)
    {
        var masked = new StringBuilder(text.Length);
        var end = 0;
        foreach (var secret in secrets)
        {
            masked.Append(ForeignText.ShowControls(text[end..secret.Begin])).Append(Mask);
            end = secret.End;
        }

        return masked.Append(ForeignText.ShowControls(text[end..])).ToString();
    }
}
