namespace ReleaseTasks.Options;

/// <summary>How long each kind of step may take, from its beginning until its effect is read back, before the roll-out stops and asks a person.</summary>
public sealed record DeadlineOptions
{
    /// <summary>A change that takes effect at once, such as maintenance, scaling or the merge. Default: 5 minutes.</summary>
    public TimeSpan Change { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>A database backup. Default: 2 hours.</summary>
    public TimeSpan Backup { get; init; } = TimeSpan.FromHours(2);

    /// <summary>A rollback database, which takes as long as a fork. Default: 6 hours.</summary>
    public TimeSpan RollbackDatabase { get; init; } = TimeSpan.FromHours(6);

    /// <summary>Build and release phase together; Heroku ends a release phase after an hour. Default: 90 minutes.</summary>
    public TimeSpan Release { get; init; } = TimeSpan.FromMinutes(90);

    /// <summary>A one-off command. Default: 1 hour.</summary>
    public TimeSpan Command { get; init; } = TimeSpan.FromHours(1);

    /// <summary>A step that a person does or confirms. Default: 1 hour; <c>--manual-timeout</c> sets it for one run.</summary>
    public TimeSpan Manual { get; init; } = TimeSpan.FromHours(1);

    internal IEnumerable<string> Problems()
    {
        foreach (var (name, value) in new[] { ("change", Change), ("backup", Backup), ("rollbackDatabase", RollbackDatabase), ("release", Release), ("command", Command), ("manual", Manual) })
        {
            if (value <= TimeSpan.Zero)
            {
                yield return $"deadlines/{name}: {value} must be more than 0.";
            }
        }
    }
}
