namespace Cake.Heroku;

/// <param name="Url">Whoever knows it can read the backup until it expires.</param>
public sealed record PublicUrl(SecretUrl Url)
{
    public DateTimeOffset? ExpiresAt { get; init; }
}
