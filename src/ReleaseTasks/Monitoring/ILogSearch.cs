namespace ReleaseTasks.Monitoring;

/// <summary>Where an app's log can be read after the fact.</summary>
/// <exception cref="Http.ServiceException">The service refused or its answer can't be read.</exception>
public interface ILogSearch
{
    /// <summary>Such as <c>Papertrail</c>.</summary>
    string Name { get; }

    /// <summary>All lines since then, oldest first.</summary>
    Task<LogExcerpt> ReadAsync(DateTimeOffset since, CancellationToken ct);
}
