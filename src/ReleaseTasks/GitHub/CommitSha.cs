using System.Text.Json;
using System.Text.Json.Serialization;

namespace ReleaseTasks.GitHub;

/// <summary>A commit's full name: 40 hexadecimal digits, in lower case.</summary>
[JsonConverter(typeof(Json))]
public sealed record CommitSha
{
    private readonly string _digits;

    private CommitSha(string digits) => _digits = digits;

    /// <summary>The seven digits that people read.</summary>
    public string Abbreviated => _digits[..7];

    /// <summary>Reads 40 hexadecimal digits; null for anything else.</summary>
    public static CommitSha? Parse(string? text) =>
        text is { Length: 40 } && text.All(char.IsAsciiHexDigit) ? new(text.ToLowerInvariant()) : null;

    public override string ToString() => _digits;

    private sealed class Json : JsonConverter<CommitSha>
    {
        public override CommitSha Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            Parse(reader.GetString()) ?? throw new JsonException("A commit's name has 40 hexadecimal digits.");

        public override void Write(Utf8JsonWriter writer, CommitSha value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.ToString());
    }
}
