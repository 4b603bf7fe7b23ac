using System.Text.Json.Serialization;

namespace Cake.Heroku;

[JsonConverter(typeof(HerokuIdConverter<BuildId>))]
public readonly record struct BuildId(Guid Value) : IHerokuId<BuildId>
{
    public static BuildId Of(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}
