namespace Cake.Heroku;

/// <summary>
/// What Heroku hands out addresses for: logs, output, a place for source code. The addresses are the permission; no token is sent.
/// </summary>
/// <exception cref="HerokuApiException">Any method: the address was refused, or the stream broke off.</exception>
public interface IHerokuStreams
{
    /// <summary>Reads the log until the server closes it: at its end, or, tailing, after some minutes.</summary>
    IAsyncEnumerable<LogLine> ReadLogAsync(LogSession session, CancellationToken ct);

    /// <summary>Reads what a build or a release phase prints, line by line, until it ends.</summary>
    IAsyncEnumerable<string> ReadOutputAsync(SecretUrl output, CancellationToken ct);

    /// <summary><c>PUT</c> of a gzipped tarball to <see cref="SourceLocation.PutUrl"/>.</summary>
    Task PutSourceAsync(SourceLocation source, Stream tarball, CancellationToken ct);
}
