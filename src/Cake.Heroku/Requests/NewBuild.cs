namespace Cake.Heroku;

public sealed record NewBuild(SourceBlob SourceBlob)
{
    /// <summary>Null for the app's own.</summary>
    public IReadOnlyList<Buildpack>? Buildpacks { get; init; }
}

/// <summary>Its address or its name; one of them.</summary>
public sealed record Buildpack
{
    public Uri? Url { get; init; }

    public string? Name { get; init; }
}
