namespace ReleaseTasks.Reports;

/// <summary>Something that a roll-out left on the app or beside it.</summary>
/// <param name="Kind"><c>database</c>, <c>lock</c>, <c>maintenance</c> or <c>dyno</c>.</param>
/// <param name="What">One line for people.</param>
/// <param name="Since">Null where that isn't known.</param>
/// <param name="Price">Such as <c>$50 a month</c>; null for what costs nothing by itself.</param>
/// <param name="Next">The command that ends it.</param>
internal sealed record Leftover(string Kind, string What, DateTimeOffset? Since, string? Price, string Next)
{
    public string Line(DateTimeOffset now) =>
        $"{What}{(Since is { } since ? $", for {Durations.Short(now - since)}" : "")}{(Price is null ? "" : $", {Price}")}: {Next}";
}
