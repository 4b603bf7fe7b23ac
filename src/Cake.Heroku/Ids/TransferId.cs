using System.Text.Json.Serialization;

namespace Cake.Heroku;

[JsonConverter(typeof(HerokuIdConverter<TransferId>))]
public readonly record struct TransferId(Guid Value) : IHerokuId<TransferId>
{
    public static TransferId Of(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}
