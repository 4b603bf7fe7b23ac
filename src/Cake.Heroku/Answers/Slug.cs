namespace Cake.Heroku;

/// <summary>An app's code, built. Releases and builds tell its id alone.</summary>
public sealed record Slug(HerokuId<Slug> Id);
