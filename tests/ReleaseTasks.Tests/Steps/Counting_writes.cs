using ReleaseTasks.Steps;

namespace ReleaseTasks.Tests.Steps;

public sealed class Counting_writes
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    [Test]
    public void Tells_by_table_what_was_written_between()
    {
        var earlier = Count(("users", 36, 0, 0), ("orders", 5, 5, 5));
        var later = Count(("users", 41, 4, 1), ("orders", 5, 5, 5), ("new", 1, 0, 0));

        Assert.That(later.Since(earlier).Select(table => $"{table.Key}: {table.Value}"), Is.EqualTo(["users: 5 rows inserted, 4 updated, 1 deleted", "new: 1 row inserted"]));
    }

    [Test]
    public void Counts_from_zero_where_the_server_has_crashed_meanwhile() =>
        Assert.That(Count(("users", 3, 0, 0)).Since(Count(("users", 36, 0, 0)))["users"], Is.EqualTo(new Writes(3, 0, 0)));

    [Test]
    public void Reads_the_answer_of_a_dyno_whatever_else_it_prints()
    {
        string[] printed = ["0002 (head)", "rows|2026-11-23 12:00:00.000000|3|2|1|odd|name", "rows|2026-11-23 12:00:00.000000|1|0|0|users", ""];

        var read = Activity.Parse(printed)!;

        Assert.That(read.At, Is.EqualTo(Noon));
        Assert.That(read.Tables, Is.EqualTo(new Dictionary<string, Writes> { ["odd|name"] = new(3, 2, 1), ["users"] = new(1, 0, 0) }));
    }

    [Test]
    public void Knows_an_empty_database_from_no_answer()
    {
        Assert.That(Activity.Parse(["rows|2026-11-23 12:00:00.000000||||"])!.Tables, Is.Empty);
        Assert.That(Activity.Parse(["bash: psql: command not found"]), Is.Null);
    }

    private static Activity Count(params (string Table, long Inserted, long Updated, long Deleted)[] tables) =>
        new(Noon, tables.ToDictionary(t => t.Table, t => new Writes(t.Inserted, t.Updated, t.Deleted)));
}
