using System.Text.Json;
using System.Text.Json.Serialization;

namespace Cake.Heroku;

/// <summary>
/// An id that Heroku gives to one kind of thing, such as <c>HerokuId&lt;Release&gt;</c>: two kinds can't be taken for each other. In JSON
/// it is the UUID alone, in Heroku's as in a caller's own.
/// </summary>
[JsonConverter(typeof(HerokuIdConverter))]
public readonly record struct HerokuId<TResource>(Guid Value)
{
    public override string ToString() => Value.ToString();
}

internal sealed class HerokuIdConverter : JsonConverterFactory
{
    public override bool CanConvert(Type typeToConvert) =>
        typeToConvert.IsGenericType && typeToConvert.GetGenericTypeDefinition() == typeof(HerokuId<>);

    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        (JsonConverter)Activator.CreateInstance(typeof(Of<>).MakeGenericType(typeToConvert.GenericTypeArguments))!;

    private sealed class Of<TResource> : JsonConverter<HerokuId<TResource>>
    {
        public override HerokuId<TResource> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            new(reader.GetGuid());

        public override void Write(Utf8JsonWriter writer, HerokuId<TResource> value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.Value);
    }
}
