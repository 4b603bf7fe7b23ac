namespace Cake.Heroku;

/// <param name="Name">Such as <c>web.1</c> or <c>run.4711</c>.</param>
/// <param name="State"><c>starting</c>, <c>up</c>, <c>idle</c>, <c>crashed</c>, <c>down</c>; Heroku may add to it.</param>
public sealed record Dyno(string Name, string Type, string State, string Command, ReleaseReference Release)
{
    public HerokuId<Dyno> Id { get; init; }

    public string? Size { get; init; }

    /// <summary>Where an attached dyno's terminal waits; its path is a secret.</summary>
    public SecretUrl? AttachUrl { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset UpdatedAt { get; init; }
}
