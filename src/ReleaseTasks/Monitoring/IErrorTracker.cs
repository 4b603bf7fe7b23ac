namespace ReleaseTasks.Monitoring;

/// <summary>Where an app's errors are collected.</summary>
/// <exception cref="Http.ServiceException">The service refused or its answer can't be read.</exception>
public interface IErrorTracker
{
    /// <summary>Such as <c>Sentry</c>.</summary>
    string Name { get; }

    /// <summary>The errors that a release brought, or brought back.</summary>
    /// <param name="release">The release as the app reports it, such as its commit.</param>
    /// <param name="since">When it was deployed.</param>
    /// <param name="ct">Ends the wait.</param>
    Task<ErrorReading> ReadAsync(string release, DateTimeOffset since, CancellationToken ct);
}
