using System.Text.Json.Serialization;

namespace Cake.Heroku;

[JsonConverter(typeof(HerokuIdConverter<PromotionId>))]
public readonly record struct PromotionId(Guid Value) : IHerokuId<PromotionId>
{
    public static PromotionId Of(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}
