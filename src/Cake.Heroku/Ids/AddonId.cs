using System.Text.Json.Serialization;

namespace Cake.Heroku;

[JsonConverter(typeof(HerokuIdConverter<AddonId>))]
public readonly record struct AddonId(Guid Value) : IHerokuId<AddonId>
{
    public static AddonId Of(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}
