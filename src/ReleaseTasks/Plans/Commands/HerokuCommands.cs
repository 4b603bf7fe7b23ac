namespace ReleaseTasks.Plans.Commands;

/// <summary>The sub-commands of <c>heroku</c> that a roll-out may use, each with the options that it understands.</summary>
internal static partial class HerokuCommands
{
    private const string AppOption = "app= a";

    private static readonly string[] OnlyLook =
    [
        "addons", "addons:info", "addons:wait", "apps:info", "config", "info", "maintenance", "open", "pg", "pg:backups", "pg:backups:info", "pg:info", "pg:wait", "ps", "ps:wait",
        "releases", "releases:info", "releases:output", "status",
    ];

    public static IReadOnlyList<Work> Read(string name, IReadOnlyList<CommandWord> words, string? savedTo)
    {
        if (savedTo is not null && name != "config:get")
        {
            return [new Work.Manual("`>` writes to a file")];
        }

        return name switch
        {
            "config:set" => ConfigSet(words),
            "config:unset" or "config:remove" => ConfigUnset(words),
            "ps:scale" or "scale" => Scale(words),
            _ => [One(name, words, savedTo)],
        };
    }

    private static Work One(string name, IReadOnlyList<CommandWord> words, string? savedTo) => name switch
    {
        "maintenance:on" => NoArguments(words, new Work.MaintenanceOn()),
        "maintenance:off" => NoArguments(words, new Work.MaintenanceOff()),
        "config:get" => ConfigGet(words, savedTo),
        "pg:backups:capture" => Capture(words),
        "addons:create" => CreateAddon(words),
        "addons:destroy" or "addons:remove" => DestroyAddon(words),
        "pg:promote" => OneArgument(words, "database", name => CommandNames.IsResource(name) ? new Work.PromoteDatabase(name) : null),
        "rollback" or "releases:rollback" => Rollback(words),
        "ps:restart" or "restart" or "dyno:restart" => Restart(words),
        "run" => Run(words),
        "logs" => Arguments(words, [AppOption, "tail t", "num= n", "source= s", "dyno= d", "ps= p"], (_, rest) => rest.Count == 0 ? new Work.WatchLogs() : null),
        _ when OnlyLook.Contains(name) => Arguments(words, [AppOption, "num= n", "json", "wait-interval="], (_, _) => new Work.CheckByHand()),
        _ => new Work.Manual($"`heroku {CommandRecogniser.Short(name)}` isn't a command that it knows"),
    };

    private static Work NoArguments(IReadOnlyList<CommandWord> words, Work work) => Arguments(words, [AppOption], (_, rest) => rest.Count == 0 ? work : null);

    private static Work OneArgument(IReadOnlyList<CommandWord> words, string what, Func<string, Work?> make) =>
        Arguments(words, [AppOption], (_, rest) => rest switch
        {
            [{ File: null } word] => make(word.Text),
            { Count: > 1 } => new Work.Manual($"a step takes one {what}"),
            _ => new Work.Manual($"it names no {what}"),
        });

    private static Work Arguments(IReadOnlyList<CommandWord> words, string[] options, Func<CommandArguments, List<CommandWord>, Work?> make, bool keepUnknown = false) =>
        AllArguments(words, options, (arguments, rest) => make(arguments, rest) is { } work ? [work] : null, keepUnknown)[0];

    /// <summary>Each word a piece of work of its own; one that isn't understood leaves the whole command to a person.</summary>
    private static IReadOnlyList<Work> EachArgument(IReadOnlyList<CommandWord> words, string what, Func<CommandWord, Work?> make) =>
        AllArguments(words, [AppOption], (_, rest) =>
        {
            var work = rest.ConvertAll(word => make(word) ?? new Work.Manual("its arguments aren't understood"));
            return rest.Count == 0 ? [new Work.Manual($"it names no {what}")]
                : work.OfType<Work.Manual>().FirstOrDefault() is { } manual ? [manual]
                : work;
        });

    /// <summary>Sorts the words; what <paramref name="make"/> can't use is a manual step.</summary>
    private static IReadOnlyList<Work> AllArguments(
        IReadOnlyList<CommandWord> words, string[] options, Func<CommandArguments, List<CommandWord>, IReadOnlyList<Work>?> make, bool keepUnknown = false)
    {
        var arguments = CommandArguments.Sort(words, options, keepUnknown);
        if (arguments.Reason is not null)
        {
            return [new Work.Manual(arguments.Reason)];
        }

        if (arguments.App is { } app && !CommandNames.IsApp(app))
        {
            return [new Work.Manual("`--app` doesn't give the name of an app")];
        }

        var work = make(arguments, arguments.Rest) ?? [new Work.Manual("its arguments aren't understood")];
        return [.. work.Select(one => one with { App = arguments.App })];
    }
}
