namespace Cake.Heroku;

/// <summary>Whoever the token belongs to.</summary>
public sealed record Account(Guid Id, string Email)
{
    public bool TwoFactorAuthentication { get; init; }

    public DateTimeOffset? SuspendedAt { get; init; }

    public DateTimeOffset? DelinquentAt { get; init; }
}
