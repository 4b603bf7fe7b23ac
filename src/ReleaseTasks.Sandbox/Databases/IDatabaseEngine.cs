namespace ReleaseTasks.Sandbox.Databases;

/// <summary>
/// What stands behind the Heroku Postgres add-ons. A database goes by its add-on's name. Everything that makes a database may be asked
/// again with the same name, so that a sandbox that was killed halfway can go on.
/// </summary>
internal interface IDatabaseEngine : IAsyncDisposable
{
    /// <summary>What is missing for real databases, in one line; null when they are real.</summary>
    string? Notice { get; }

    /// <summary>A new, empty database, running.</summary>
    Task CreateAsync(string database, CancellationToken ct);

    /// <summary>Runs a database again after a restart of the sandbox; nothing to do when it runs.</summary>
    Task StartAsync(string database, CancellationToken ct);

    /// <summary>A new database, running, with everything that <paramref name="source"/> had committed up to and including <paramref name="to"/>.</summary>
    /// <exception cref="RollbackOutOfRangeException">The time is outside of <see cref="EarliestRollbackAsync"/> and now.</exception>
    Task RollBackAsync(string source, string database, DateTimeOffset to, CancellationToken ct);

    /// <summary>A new database, running, with what <paramref name="source"/> holds now.</summary>
    Task ForkAsync(string source, string database, CancellationToken ct);

    /// <summary>A new database, running, that repeats all that <paramref name="source"/> commits and takes no writes; it has the source's credentials.</summary>
    Task FollowAsync(string source, string database, CancellationToken ct);

    /// <summary>From here on a follower goes its own way; nothing to do for one that doesn't follow.</summary>
    Task UnfollowAsync(string database, CancellationToken ct);

    /// <summary>Stops and removes a database; nothing to do when there is none.</summary>
    Task DestroyAsync(string database, CancellationToken ct);

    /// <summary><c>postgres://user:password@127.0.0.1:port/name</c>. Ask again after <see cref="StartAsync"/>: its port may have been taken meanwhile.</summary>
    Uri UrlOf(string database);

    /// <summary>The first moment to which <see cref="RollBackAsync"/> can go.</summary>
    Task<DateTimeOffset> EarliestRollbackAsync(string database, CancellationToken ct);

    /// <summary>A logical backup into a file.</summary>
    /// <returns>The size of the backup in bytes.</returns>
    Task<long> CaptureAsync(string database, string file, CancellationToken ct);

    /// <summary>Overwrites a database with a backup.</summary>
    Task RestoreAsync(string file, string database, CancellationToken ct);

    Task<DatabaseFacts> DescribeAsync(string database, CancellationToken ct);
}
