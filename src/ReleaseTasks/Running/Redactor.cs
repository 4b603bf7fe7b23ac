using System.Text.Json;

namespace ReleaseTasks.Running;

/// <summary>Takes secrets out of a text by their value, wherever they got into it from. Stands before every sink.</summary>
internal sealed class Redactor
{
    /// <summary>Shorter values would blacken ordinary words.</summary>
    private const int ShortestSecret = 6;

    private readonly Lock _lock = new();
    private string[] _secrets = [];

    public void Learn(IEnumerable<string?> values)
    {
        lock (_lock)
        {
            // The longest first: a secret may contain another.
            _secrets = [.. _secrets.Concat(values.OfType<string>().Where(v => v.Length >= ShortestSecret).SelectMany(Spellings)).Distinct().OrderByDescending(v => v.Length)];
        }
    }

    public string Redact(string text) => _secrets.Aggregate(text, (clean, secret) => clean.Replace(secret, "[REDACTED]", StringComparison.Ordinal));

    /// <summary>As it is, as it stands in JSON, and as it stands in a URL.</summary>
    private static IEnumerable<string> Spellings(string value) =>
        [value, JsonSerializer.Serialize(value)[1..^1], JsonSerializer.Serialize(value, Journals.JournalFormat.Options)[1..^1], Uri.EscapeDataString(value)];
}
