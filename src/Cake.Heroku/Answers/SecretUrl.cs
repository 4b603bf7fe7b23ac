using System.Text.Json;
using System.Text.Json.Serialization;

namespace Cake.Heroku;

/// <summary>A URL that whoever knows it can use, such as a database's or a log session's. Its text shows no more than the host.</summary>
[JsonConverter(typeof(Converter))]
public sealed record SecretUrl(string Value)
{
    public Uri ToUri() => new(Value);

    public override string ToString() => Uri.TryCreate(Value, UriKind.Absolute, out var url) ? $"{url.Scheme}://{url.Host}/…" : "…";

    private sealed class Converter : JsonConverter<SecretUrl>
    {
        public override SecretUrl Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            new(reader.GetString()!);

        public override void Write(Utf8JsonWriter writer, SecretUrl value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.Value);
    }
}
