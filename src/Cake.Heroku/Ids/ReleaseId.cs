using System.Text.Json.Serialization;

namespace Cake.Heroku;

[JsonConverter(typeof(HerokuIdConverter<ReleaseId>))]
public readonly record struct ReleaseId(Guid Value) : IHerokuId<ReleaseId>
{
    public static ReleaseId Of(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}
