namespace Cake.Heroku;

/// <summary>It can't be done as asked, or Heroku took it on and it came to a bad end: a release phase, an add-on, a backup.</summary>
public sealed class HerokuFailedException(string message) : Exception(message);
