namespace Cake.Heroku;

/// <param name="LogplexUrl">Lives for minutes: <see cref="IHerokuStreams.ReadLogAsync"/>.</param>
public sealed record LogSession(SecretUrl LogplexUrl);
