using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace Cake.Heroku;

/// <summary>
/// The name of an app, such as <c>sushi</c>: 3 to 30 lower case letters, digits and dashes. Heroku takes an app's id in its place.
/// </summary>
[JsonConverter(typeof(Converter))]
public sealed partial record AppName
{
    /// <exception cref="ArgumentException">No app can have that name.</exception>
    public AppName(string value) => Value = IsName(value) || Guid.TryParseExact(value, "D", out _)
        ? value
        : throw new ArgumentException(
            $"'{value}' is not the name of a Heroku app: 3 to 30 lower case letters, digits and dashes.", nameof(value));

    public string Value { get; }

    public static bool IsName(string text) => Form().IsMatch(text);

    public override string ToString() => Value;

    [GeneratedRegex(@"^[a-z][a-z0-9-]{1,28}[a-z0-9]\z")]
    private static partial Regex Form();

    private sealed class Converter : JsonConverter<AppName>
    {
        public override AppName Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            new(reader.GetString()!);

        public override void Write(Utf8JsonWriter writer, AppName value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.Value);
    }
}
