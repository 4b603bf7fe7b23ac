using System.Text.Json;
using System.Text.Json.Serialization;

namespace Cake.Heroku;

/// <summary>An id is a UUID in JSON, in Heroku's as in a caller's own.</summary>
internal sealed class HerokuIdConverter<TId> : JsonConverter<TId>
    where TId : IHerokuId<TId>
{
    public override TId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => TId.Of(reader.GetGuid());

    public override void Write(Utf8JsonWriter writer, TId value, JsonSerializerOptions options) => writer.WriteStringValue(value.Value);
}
