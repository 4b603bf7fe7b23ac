using System.Text.Json.Serialization;

namespace Cake.Heroku;

[JsonConverter(typeof(HerokuIdConverter<AppId>))]
public readonly record struct AppId(Guid Value) : IHerokuId<AppId>
{
    public static AppId Of(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}
