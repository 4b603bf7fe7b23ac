using System.Text.Json.Serialization;

namespace Cake.Heroku;

/// <summary>Of one life of a dyno: <c>web.1</c> has another after a restart.</summary>
[JsonConverter(typeof(HerokuIdConverter<DynoId>))]
public readonly record struct DynoId(Guid Value) : IHerokuId<DynoId>
{
    public static DynoId Of(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}
