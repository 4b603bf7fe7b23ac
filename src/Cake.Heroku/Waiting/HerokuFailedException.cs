namespace Cake.Heroku;

/// <summary>Heroku took on a piece of work and it came to a bad end: a release phase, an add-on, a backup.</summary>
public sealed class HerokuFailedException(string message) : Exception(message);
