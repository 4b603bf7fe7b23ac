namespace Cake.Heroku;

/// <summary>A place for one tarball of source code.</summary>
public sealed record Source(SourceLocation SourceBlob);

/// <param name="PutUrl">For the caller to write to, without a token: <see cref="IHerokuStreams.PutSourceAsync"/>.</param>
/// <param name="GetUrl">For a build to read from.</param>
public sealed record SourceLocation(SecretUrl PutUrl, SecretUrl GetUrl);
