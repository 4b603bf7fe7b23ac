namespace ReleaseTasks.Gates;

/// <summary>What the gates ask the platform about the app. Each is a read of its own: one that fails closes the gate that needs it, and no other.</summary>
internal interface IPlatformFacts
{
    Task<Stacks> ReadStacksAsync(CancellationToken ct);

    Task<Ownership> ReadOwnershipAsync(CancellationToken ct);

    /// <summary>The newest few, the newest first.</summary>
    Task<IReadOnlyList<KnownRelease>> ReadReleasesAsync(CancellationToken ct);

    /// <summary>Whether old and new code overlap for minutes.</summary>
    Task<bool> HasPrebootAsync(CancellationToken ct);

    /// <summary>Requests that the account has left; null where the platform didn't say.</summary>
    Task<int?> ReadRequestsLeftAsync(CancellationToken ct);
}

/// <param name="Next">What the next build is made for; null where the platform didn't say.</param>
/// <param name="Current">What the current release was built for; null where the platform didn't say.</param>
internal sealed record Stacks(string? Next, string? Current);

/// <param name="App">Its name.</param>
/// <param name="Account">The e-mail address of the account whose key this is.</param>
/// <param name="Owner">The owner's.</param>
/// <param name="IsOwners">Whether the account has the owner's rights: it is the owner, or an admin of the team that is.</param>
internal sealed record Ownership(string App, string Account, string Owner, bool IsOwners)
{
    /// <summary>Why it can't be done with this key, and with which it can; null where it can.</summary>
    /// <param name="deed">What promotes a database.</param>
    public (string Reason, string Remedy)? WhyNotPromote(string deed) => IsOwners
        ? null
        : ($"{deed}, which only the owner of {App}, {Owner}, may; this is {Account}.", $"Run it with an API key of {Owner}.");
}

/// <param name="Version">Its number.</param>
/// <param name="Description">What made it, such as <c>Deploy de63889</c>.</param>
/// <param name="Slug">Its code; null where it has none.</param>
/// <param name="IsPending">Whether the platform is still working on it.</param>
/// <param name="IsCurrent">Whether it is what runs.</param>
internal sealed record KnownRelease(int Version, string Description, string? Slug, bool IsPending, bool IsCurrent)
{
    /// <summary>Of those that run or are about to, the first whose code is neither what a roll-out found nor its own; null where there is none.</summary>
    public static KnownRelease? Foreign(IEnumerable<KnownRelease> releases, FoundCode found) => releases.FirstOrDefault(release =>
        found.Slugs.Count > 0 && release.Version > found.Version && (release.IsPending || release.IsCurrent) && release.Slug is { } slug && !found.Slugs.Contains(slug));
}
