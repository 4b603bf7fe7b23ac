namespace ReleaseTasks.Sandbox.Heroku.World;

/// <summary>A built checkout, unpacked in <c>slugs/{id}</c>.</summary>
internal sealed class Slug
{
    public Guid Id { get; set; } = Guid.NewGuid();

    /// <summary>The commit, or whatever the build was told as version; null where it wasn't.</summary>
    public string? Commit { get; set; }

    /// <summary>The Procfile: process types and their commands, in its order.</summary>
    public OrderedDictionary<string, string> ProcessTypes { get; set; } = [];

    /// <summary>What it was built for.</summary>
    public string Stack { get; set; } = Heroku.Stack.Default;

    public long Size { get; set; }

    public required DateTimeOffset CreatedAt { get; set; }

    /// <summary>When it was no longer kept; null while it is.</summary>
    public DateTimeOffset? DeletedAt { get; set; }

    public string? ReleaseCommand => ProcessTypes.GetValueOrDefault("release");
}
