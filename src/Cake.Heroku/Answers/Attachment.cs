namespace Cake.Heroku;

/// <param name="Name">Such as <c>DATABASE</c>: <c>DATABASE_URL</c> is its config var.</param>
public sealed record Attachment(HerokuId<Attachment> Id, string Name, AttachedAddon Addon, AppReference App)
{
    /// <summary>Names a credential of the database; null for the default one.</summary>
    public string? Namespace { get; init; }

    /// <summary>Names, not values.</summary>
    public IReadOnlyList<string> ConfigVars { get; init; } = [];
}

/// <param name="App">The app that owns the add-on, which may be another than it is attached to.</param>
public sealed record AttachedAddon(HerokuId<Addon> Id, string Name, AppReference App)
{
    /// <summary>Told by all methods that read attachments; not by those that change them.</summary>
    public Plan? Plan { get; init; }
}
