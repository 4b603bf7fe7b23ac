namespace Cake.Heroku;

/// <param name="Status">See <see cref="BuildStatus"/>; Heroku may add to it.</param>
public sealed record Build(HerokuId<Build> Id, string Status, SourceBlob SourceBlob)
{
    /// <summary>Null until the build is released.</summary>
    public ReleaseReference? Release { get; init; }

    public Slug? Slug { get; init; }

    public SecretUrl? OutputStreamUrl { get; init; }

    public Person? User { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset UpdatedAt { get; init; }
}
