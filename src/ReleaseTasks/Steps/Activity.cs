using System.Globalization;

namespace ReleaseTasks.Steps;

/// <summary>
/// How many rows were ever written to a database's tables, at a moment of its own clock. Two of them tell what was written between. They are
/// PostgreSQL's statistics: rows of transactions that were rolled back count too, and a crash of the server sets them to zero.
/// </summary>
internal sealed record Activity(DateTimeOffset At, IReadOnlyDictionary<string, Writes> Tables)
{
    /// <summary>One line a table, the clock before each; one line without a table where there is none.</summary>
    public const string Query =
        "SELECT 'rows', to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US'), n_tup_ins, n_tup_upd, n_tup_del, relname " +
        "FROM (SELECT 1) one LEFT JOIN pg_stat_user_tables ON relname <> 'alembic_version'";

    /// <summary>What was written since <paramref name="earlier"/>, by table; tables without a write are left out.</summary>
    public IReadOnlyDictionary<string, Writes> Since(Activity earlier) => Tables
        .Select(table => (table.Key, Value: table.Value.Since(earlier.Tables.GetValueOrDefault(table.Key, Writes.None))))
        .Where(table => table.Value != Writes.None)
        .ToDictionary(table => table.Key, table => table.Value);

    /// <summary>Out of the query's answer, its columns separated by <c>|</c>; null where that isn't among the lines.</summary>
    public static Activity? Parse(IEnumerable<string> lines)
    {
        var rows = lines.Select(line => line.Split('|', 6)).Where(columns => columns is ["rows", _, _, _, _, _]).ToList();
        return rows.Count == 0
            ? null
            : new(Time(rows[0][1]), rows.Where(row => row[5].Length > 0).ToDictionary(row => row[5], row => new Writes(Number(row[2]), Number(row[3]), Number(row[4]))));
    }

    private static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}

/// <summary>Rows of one table.</summary>
internal sealed record Writes(long Inserted, long Updated, long Deleted)
{
    public static Writes None { get; } = new(0, 0, 0);

    /// <summary>Where the statistics were set to zero meanwhile, what was counted since then: at least that was written.</summary>
    public Writes Since(Writes earlier) => Inserted < earlier.Inserted || Updated < earlier.Updated || Deleted < earlier.Deleted
        ? this
        : new(Inserted - earlier.Inserted, Updated - earlier.Updated, Deleted - earlier.Deleted);

    /// <summary><c>3 rows inserted, 1 updated</c></summary>
    public override string ToString() => string.Join(", ", new[] { (Inserted, "inserted"), (Updated, "updated"), (Deleted, "deleted") }
        .Where(kind => kind.Item1 > 0)
        .Select((kind, index) => index == 0 ? $"{kind.Item1:N0} {(kind.Item1 == 1 ? "row" : "rows")} {kind.Item2}" : $"{kind.Item1:N0} {kind.Item2}"));
}
