using System.Globalization;

namespace ReleaseTasks.Sandbox.Databases;

/// <summary>A database can't go back to that moment; nothing was made.</summary>
internal sealed class RollbackOutOfRangeException(string database, DateTimeOffset to, DateTimeOffset earliest, DateTimeOffset latest)
    : Exception(
        $"{database} can't be rolled back to {Second(to)} UTC: it has {Second(earliest)} to {Second(latest)} UTC.")
{
    public DateTimeOffset Earliest => earliest;

    public DateTimeOffset Latest => latest;

    private static string Second(DateTimeOffset moment) => moment.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
}
