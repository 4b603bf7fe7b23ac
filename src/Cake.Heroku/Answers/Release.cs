namespace Cake.Heroku;

/// <param name="Status">See <see cref="ReleaseStatus"/>; Heroku may add to it.</param>
public sealed record Release(HerokuId<Release> Id, int Version, string Description, string Status, bool Current)
{
    public bool EligibleForRollback { get; init; }

    /// <summary>Null where no code was deployed yet.</summary>
    public Slug? Slug { get; init; }

    public Person? User { get; init; }

    public IReadOnlyList<string> AddonPlanNames { get; init; } = [];

    /// <summary>What the release phase prints; null where there is none.</summary>
    public SecretUrl? OutputStreamUrl { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset UpdatedAt { get; init; }
}
