using ReleaseTasks.Journals;
using ReleaseTasks.Steps;

namespace ReleaseTasks.Running;

/// <summary>What leaving a database loses: all that was written to it, and isn't in the one that becomes the primary.</summary>
internal sealed class DataLoss(RunState state, AppState found, AppState now)
{
    private readonly CreateRollbackDatabase.Before? _created =
        state.Find(CreateRollbackDatabase.StepName)?.BeforeAs<CreateRollbackDatabase.Before>();

    /// <summary>For people: the window by the database's own clock, and the rows written in it, table by table.</summary>
    /// <param name="schema">How the schema goes back.</param>
    /// <param name="primary">What becomes the primary.</param>
    /// <param name="current">What is the primary until then.</param>
    public IEnumerable<string> Lines(SchemaUndo schema, string? primary, string? current)
    {
        if (schema == SchemaUndo.Promote && primary != current)
        {
            foreach (var line in SinceRollbackPoint(_created!))
            {
                yield return line;
            }
        }

        if (current is not null && current != primary && current != found.Primary)
        {
            yield return
                $"What was written to {current} since it became the primary{At(current)} stays behind in it, which is kept; how many " +
                $"rows can't be told";
        }
    }

    private string At(string addon) =>
        new Primaries(state, found).PromotedAt(addon) is { } at ? FormattableString.Invariant($" at {at:yyyy-MM-dd HH:mm:ss} UTC") : "";

    private IEnumerable<string> SinceRollbackPoint(CreateRollbackDatabase.Before created)
    {
        var until = now.Primary == created.Source ? now.Activity : null;
        yield return
            $"What was written to the database since {created.To:yyyy-MM-dd HH:mm:ss} UTC" +
            (until is { } end ? $", {Reports.Durations.Short(end.At - created.To)} ago by its own clock," : "") +
            $" stays behind in {created.Source}, which is kept{(until is null ? "; how many rows can't be told" : ":")}";
        foreach (var line in Rows(created, until))
        {
            yield return "  " + line;
        }
    }

    private IEnumerable<string> Rows(CreateRollbackDatabase.Before created, Activity? until)
    {
        if ((Earlier(created), until) is not ({ } earlier, { } later))
        {
            return [];
        }

        var written = later.Since(earlier).Select(table => $"{table.Key}: {table.Value}").Order(StringComparer.Ordinal).ToList();
        return
        [
            .. written.Count == 0 ? ["no row of any table"] : written,
            .. earlier.At > created.To
                ? [$"counted since {earlier.At:yyyy-MM-dd HH:mm:ss} UTC; what was written before is not in these numbers"]
                : (string[])[],
            .. MayHaveMigrated ? ["the migration's own writes among them"] : (string[])[],
        ];
    }

    private bool MayHaveMigrated => state.Find(ReleaseCommit.StepName) is not null;

    /// <summary>The last count that all lost rows are missing from; where each is too late, the first.</summary>
    private Activity? Earlier(CreateRollbackDatabase.Before created)
    {
        Activity[] counts = [.. new[] { found.Activity, created.Counted }.OfType<Activity>().OrderBy(count => count.At)];
        return Array.FindLast(counts, count => count.At <= created.To) ?? counts.FirstOrDefault();
    }
}
