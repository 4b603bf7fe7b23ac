namespace Cake.Heroku;

public sealed record ReleaseReference(HerokuId<Release> Id)
{
    /// <summary>Dynos tell it; builds and promotions don't.</summary>
    public int? Version { get; init; }
}
