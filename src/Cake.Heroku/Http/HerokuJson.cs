using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Cake.Heroku.Http;

/// <summary>Heroku's JSON: snake case, absent rather than null, times in more than one notation.</summary>
internal static class HerokuJson
{
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        NumberHandling = JsonNumberHandling.Strict,
        PropertyNameCaseInsensitive = false,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        Converters = { new TimeConverter() },
    };

    /// <summary>The Platform API writes ISO 8601; the data service writes <c>2026-01-02 03:04:05 UTC</c> and <c>+0000</c> too.</summary>
    private sealed class TimeConverter : JsonConverter<DateTimeOffset>
    {
        private static readonly string[] DataServiceForms =
            ["yyyy-MM-dd HH:mm:ss 'UTC'", "yyyy-MM-dd HH:mm 'UTC'", "yyyy-MM-dd HH:mm:ss zz'00'"];

        public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TryGetDateTimeOffset(out var time) ? time : Parse(reader.GetString());

        public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value);

        private static DateTimeOffset Parse(string? text) =>
            DateTimeOffset.TryParseExact(text, DataServiceForms, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
                ? time
                : throw new JsonException($"'{text}' is not a time.");
    }
}
