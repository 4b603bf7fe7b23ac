using System.Text.Json.Serialization;

namespace Cake.Heroku;

[JsonConverter(typeof(HerokuIdConverter<AttachmentId>))]
public readonly record struct AttachmentId(Guid Value) : IHerokuId<AttachmentId>
{
    public static AttachmentId Of(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}
