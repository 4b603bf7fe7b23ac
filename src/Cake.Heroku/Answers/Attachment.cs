using System.Text.Json.Serialization;

namespace Cake.Heroku;

/// <param name="Name">Such as <c>DATABASE</c>: <c>DATABASE_URL</c> is its config var.</param>
public sealed record Attachment(HerokuId<Attachment> Id, string Name, AttachedAddon Addon, AppReference App)
{
    /// <summary>The name of the one that an app's own code uses.</summary>
    public const string PrimaryDatabase = "DATABASE";

    /// <summary>Names a credential of the database; null for the default one.</summary>
    public string? Namespace { get; init; }

    /// <summary>Names, not values.</summary>
    public IReadOnlyList<string> ConfigVars { get; init; } = [];

    /// <summary>What the name stands for.</summary>
    [JsonIgnore]
    public AttachmentTarget Target => new(Addon.Id, Addon.Name, Namespace);
}

/// <param name="App">The app that owns the add-on, which may be another than it is attached to.</param>
public sealed record AttachedAddon(HerokuId<Addon> Id, string Name, AppReference App)
{
    /// <summary>Told by all methods that read attachments; not by those that change them.</summary>
    public Plan? Plan { get; init; }
}

/// <summary>What an attachment stands for: an add-on and, of a database, one of its credentials.</summary>
/// <param name="Addon">The add-on's name.</param>
/// <param name="Namespace">Names the credential; null for the default one.</param>
public sealed record AttachmentTarget(HerokuId<Addon> Id, string Addon, string? Namespace = null);
