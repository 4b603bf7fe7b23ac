namespace Cake.Heroku;

/// <summary>The environment doesn't say where Heroku is, or who asks. Nothing was sent.</summary>
public sealed class HerokuConfigurationException(string message) : Exception(message);
