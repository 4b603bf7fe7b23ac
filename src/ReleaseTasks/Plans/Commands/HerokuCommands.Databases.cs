namespace ReleaseTasks.Plans.Commands;

/// <content>Databases, and the add-ons that they are.</content>
internal static partial class HerokuCommands
{
    private static Work Capture(IReadOnlyList<CommandWord> words) =>
        Arguments(words, [AppOption, "verbose v", "wait-interval="], (_, rest) => rest switch
        {
            [] => new Work.BackUpDatabase(),
            [{ File: null } word] when CommandNames.IsResource(word.Text) => new Work.BackUpDatabase(word.Text),
            _ => null,
        });

    private static Work CreateAddon(IReadOnlyList<CommandWord> words) =>
        Arguments(words, [AppOption, "rollback=", "to=", "wait", "wait-interval="], (arguments, rest) =>
        {
            if (rest is not [{ File: null } plan] || !CommandNames.IsAddonPlan(plan.Text))
            {
                return new Work.Manual("it names no add-on plan, such as `heroku-postgresql:standard-0`");
            }

            if (arguments["rollback"] is not { } source || !plan.Text.StartsWith("heroku-postgresql", StringComparison.Ordinal))
            {
                return new Work.Manual("of add-ons only rollback databases are created here (`--rollback SOURCE --to TIME`)");
            }

            return !CommandNames.IsResource(source) ? new Work.Manual("`--rollback` doesn't give the name of a database")
                : arguments["to"] is not { } to ? new Work.Manual("`--to` is missing: the point in time to roll back to")
                : PointInTime.IsPlaceholder(to) ? new Work.CreateRollbackDatabase(plan.Text, source)
                : PointInTime.Parse(to) is { } time ? new Work.CreateRollbackDatabase(plan.Text, source, time)
                : new Work.Manual($"`--to` isn't a date, a time and a zone, such as `2013-10-21 15:52+00`, nor `now`");
        });

    private static Work DestroyAddon(IReadOnlyList<CommandWord> words) =>
        Arguments(words, [AppOption, "confirm= c", "wait"], (arguments, rest) => rest switch
        {
            [{ File: null } addon] when !CommandNames.IsResource(addon.Text) => null,
            [{ File: null }] when arguments["confirm"] is { } confirmed && arguments.App is { } app && confirmed != app => new Work.Manual("`--confirm` and `--app` name two apps"),
            [{ File: null } addon] => new Work.DestroyAddon(addon.Text),
            { Count: > 1 } => new Work.Manual("a step destroys one add-on"),
            _ => new Work.Manual("it names no add-on"),
        });
}
