using System.Text.Json.Serialization;

namespace Cake.Heroku;

[JsonConverter(typeof(HerokuIdConverter<PipelineId>))]
public readonly record struct PipelineId(Guid Value) : IHerokuId<PipelineId>
{
    public static PipelineId Of(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}
