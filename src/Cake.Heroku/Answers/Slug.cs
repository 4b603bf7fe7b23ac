namespace Cake.Heroku;

/// <summary>An app's code, built.</summary>
public sealed record Slug(SlugId Id, IReadOnlyDictionary<string, string> ProcessTypes)
{
    /// <summary>The commit it was built from, as the build named it.</summary>
    public string? Commit { get; init; }
}
