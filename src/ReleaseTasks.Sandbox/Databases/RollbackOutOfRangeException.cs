namespace ReleaseTasks.Sandbox.Databases;

/// <summary>A database can't go back to that moment; nothing was made.</summary>
internal sealed class RollbackOutOfRangeException(string database, DateTimeOffset to, DateTimeOffset earliest, DateTimeOffset latest)
    : Exception($"{database} can't be rolled back to {to.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC: it has {earliest.UtcDateTime:yyyy-MM-dd HH:mm:ss} to {latest.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC.")
{
    public DateTimeOffset Earliest => earliest;

    public DateTimeOffset Latest => latest;
}
