namespace Cake.Heroku;

/// <summary>Where a build takes its gzipped tarball from.</summary>
/// <param name="Url">For Heroku to read: <see cref="SourceLocation.GetUrl"/>, or any address.</param>
public sealed record SourceBlob(SecretUrl Url)
{
    /// <summary>What the tarball holds: by convention the commit's name. It becomes the release's <c>Deploy abc1234</c>.</summary>
    public string? Version { get; init; }

    /// <summary>Such as <c>SHA256:e3b0…</c>; Heroku then checks the tarball.</summary>
    public string? Checksum { get; init; }
}
