using ReleaseTasks.Journals;
using ReleaseTasks.Steps;

namespace ReleaseTasks.Running;

/// <summary>What promoting the rollback database loses: all that was written to the one that is left since the moment that it goes back to.</summary>
internal sealed class DataLoss(RunState state, AppState found, AppState now)
{
    private readonly CreateRollbackDatabase.Before _created = state.Find(CreateRollbackDatabase.StepName)!.BeforeAs<CreateRollbackDatabase.Before>();

    /// <summary>For people: the window by the database's own clock, and the rows written in it, table by table.</summary>
    public IEnumerable<string> Lines()
    {
        var until = now.Activity?.At;
        yield return
            $"What was written to the database since {_created.To:yyyy-MM-dd HH:mm:ss} UTC" +
            (until is { } end ? $", {Reports.Durations.Short(end - _created.To)} ago by its own clock," : "") +
            $" stays behind in {_created.Source}, which is kept{(until is null ? "; how many rows can't be told" : ":")}";
        foreach (var line in Rows())
        {
            yield return "  " + line;
        }
    }

    private IEnumerable<string> Rows()
    {
        if ((Earlier, now.Activity) is not ({ } earlier, { } later))
        {
            return [];
        }

        var written = later.Since(earlier).Select(table => $"{table.Key}: {table.Value}").Order(StringComparer.Ordinal).ToList();
        return
        [
            .. written.Count == 0 ? ["no row of any table"] : written,
            .. earlier.At > _created.To ? [$"counted since {earlier.At:yyyy-MM-dd HH:mm:ss} UTC; what was written before is not in these numbers"] : (string[])[],
            .. MayHaveMigrated ? ["the migration's own writes among them"] : (string[])[],
        ];
    }

    private bool MayHaveMigrated => state.Find(ReleaseCommit.StepName) is not null;

    /// <summary>The last count that all lost rows are missing from; where each is too late, the first.</summary>
    private Activity? Earlier
    {
        get
        {
            Activity[] counts = [.. new[] { found.Activity, _created.Counted }.OfType<Activity>().OrderBy(count => count.At)];
            return Array.FindLast(counts, count => count.At <= _created.To) ?? counts.FirstOrDefault();
        }
    }
}
