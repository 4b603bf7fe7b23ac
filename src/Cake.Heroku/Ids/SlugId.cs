using System.Text.Json.Serialization;

namespace Cake.Heroku;

[JsonConverter(typeof(HerokuIdConverter<SlugId>))]
public readonly record struct SlugId(Guid Value) : IHerokuId<SlugId>
{
    public static SlugId Of(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}
