using System.Globalization;
using System.Text.RegularExpressions;

namespace ReleaseTasks.Plans;

/// <summary>From a command to the work it asks for. What it doesn't know for certain becomes <see cref="Work.Manual"/> and says why.</summary>
internal static partial class CommandRecogniser
{
    private const string AppOption = "app= a";

    private static readonly string[] Tools =
        ["heroku", "alembic", "git", "curl", "psql", "pg_dump", "pg_restore", "python", "python3", "pip", "bash", "sh", "make", "docker", "ssh", "aws", "gh", "rm", "sudo", "npm", "cat"];

    private static readonly string[] Shells = ["sh", "bash", "zsh", "dash", "ash", "fish", "eval", "exec", "env", "sudo", "xargs"];

    private static readonly string[] OnlyLook =
    [
        "addons", "addons:info", "addons:wait", "apps:info", "config", "info", "maintenance", "open", "pg", "pg:backups", "pg:backups:info", "pg:info", "pg:wait", "ps", "ps:wait",
        "releases", "releases:info", "releases:output", "status",
    ];

    /// <summary>Whether a text in back-ticks, or a line of its own, is meant to be run.</summary>
    public static bool IsCommand(string text)
    {
        var command = text.TrimStart();
        return command.StartsWith("$ ", StringComparison.Ordinal) || (Array.IndexOf(Tools, FirstWord(command)) >= 0 && command.Contains(' ', StringComparison.Ordinal));
    }

    /// <summary>Whether a line without back-ticks is a command all the same: a <c>$ </c> prompt, or <c>heroku</c> and a sub-command.</summary>
    public static bool IsBareCommand(string line) => Bare().IsMatch(line);

    public static bool IsResourceName(string text) => ResourceName().IsMatch(text);

    public static Work Recognise(string text)
    {
        var (line, reason) = HerokuCommandLine.Parse(WithoutPrompt(text));
        if (line is null)
        {
            return new Work.Manual(reason is null ? "a command is missing" : $"{reason}, and a step is never given to a shell");
        }

        return line.Words[0].Text switch
        {
            "heroku" when line.Words.Count > 1 => Heroku(line.Words[1].Text, [.. line.Words.Skip(2)], line.SavedTo),
            _ when line.SavedTo is not null || line.Words.Any(word => word.File is not null) => new Work.Manual("only `heroku` commands may save to a file or read from one"),
            "alembic" => Alembic([.. line.Words.Skip(1).Select(word => word.Text)]) ?? new Work.Manual("of `alembic` only `upgrade REVISION` and `downgrade REVISION` are known"),
            "git" => GitPush([.. line.Words.Skip(1).Select(word => word.Text)]),
            "curl" => Curl([.. line.Words.Skip(1).Select(word => word.Text)]),
            var tool => new Work.Manual($"`{Short(tool)}` isn't a command that it knows"),
        };
    }

    public static string WithoutPrompt(string text)
    {
        var command = text.Trim();
        return command.StartsWith("$ ", StringComparison.Ordinal) ? command[2..].TrimStart() : command;
    }

    private static Work Heroku(string name, IReadOnlyList<CommandWord> words, string? savedTo)
    {
        if (savedTo is not null && name != "config:get")
        {
            return new Work.Manual("`>` writes to a file");
        }

        return name switch
        {
            "maintenance:on" => NoArguments(words, new Work.MaintenanceOn()),
            "maintenance:off" => NoArguments(words, new Work.MaintenanceOff()),
            "config:get" => ConfigGet(words, savedTo),
            "config:set" => ConfigSet(words),
            "config:unset" or "config:remove" => OneArgument(words, [AppOption], "config var", name => ConfigName().IsMatch(name) ? new Work.UnsetConfigVar(name) : null),
            "pg:backups:capture" => Capture(words),
            "addons:create" => CreateAddon(words),
            "addons:destroy" or "addons:remove" => DestroyAddon(words),
            "pg:promote" => OneArgument(words, [AppOption], "database", name => ResourceName().IsMatch(name) ? new Work.PromoteDatabase(name) : null),
            "rollback" or "releases:rollback" => Rollback(words),
            "ps:scale" or "scale" => OneArgument(words, [AppOption], "process type and its number", Scale),
            "ps:restart" or "restart" or "dyno:restart" => Restart(words),
            "run" => Run(words),
            "logs" => Arguments(words, [AppOption, "tail t", "num= n", "source= s", "dyno= d", "ps= p"], (_, rest) => rest.Count == 0 ? new Work.WatchLogs() : null),
            _ when OnlyLook.Contains(name) => Arguments(words, [AppOption, "num= n", "json", "wait-interval="], (_, _) => new Work.CheckByHand()),
            _ => new Work.Manual($"`heroku {Short(name)}` isn't a command that it knows"),
        };
    }

    private static Work NoArguments(IReadOnlyList<CommandWord> words, Work work) => Arguments(words, [AppOption], (_, rest) => rest.Count == 0 ? work : null);

    private static Work OneArgument(IReadOnlyList<CommandWord> words, string[] options, string what, Func<string, Work?> make) =>
        Arguments(words, options, (_, rest) => rest switch
        {
            [{ File: null } word] => make(word.Text),
            { Count: > 1 } => new Work.Manual($"a step takes one {what}"),
            _ => new Work.Manual($"it names no {what}"),
        });

    /// <summary>Sorts the words; what <paramref name="make"/> can't use is a manual step.</summary>
    private static Work Arguments(IReadOnlyList<CommandWord> words, string[] options, Func<CommandArguments, List<CommandWord>, Work?> make, bool keepUnknown = false)
    {
        var arguments = CommandArguments.Sort(words, options, keepUnknown);
        if (arguments.Reason is not null)
        {
            return new Work.Manual(arguments.Reason);
        }

        if (arguments.App is { } app && !AppName().IsMatch(app))
        {
            return new Work.Manual("`--app` doesn't give the name of an app");
        }

        return For(arguments.App, make(arguments, arguments.Rest) ?? new Work.Manual("its arguments aren't understood"));
    }

    private static Work For(string? app, Work work) => work with { App = app };

    private static Work ConfigGet(IReadOnlyList<CommandWord> words, string? savedTo) =>
        OneArgument(words, [AppOption], "config var", name =>
            !ConfigName().IsMatch(name) ? null
            : savedTo is null ? new Work.Manual($"the value isn't saved: `> {name}.old` is missing")
            : savedTo != $"{name}.old" ? new Work.Manual($"a backup is saved as `> {name}.old`")
            : new Work.BackUpConfigVar(name));

    private static Work ConfigSet(IReadOnlyList<CommandWord> words) =>
        Arguments(words, [AppOption], (_, rest) => rest switch
        {
            [var word] => Assignment(word),
            { Count: > 1 } => new Work.Manual("a step sets one config var"),
            _ => new Work.Manual("it names no config var"),
        });

    /// <summary>Whether a word is <c>NAME=VALUE</c> or <c>NAME=$(&lt; NAME.old)</c>.</summary>
    private static Work? Assignment(CommandWord word)
    {
        if (word.Text.Split('=', 2) is not [var name, var value] || !ConfigName().IsMatch(name))
        {
            return null;
        }

        return word.File switch
        {
            null when value.Length == 0 => new Work.Manual($"it gives {name} no value: `heroku config:unset {name}` removes it"),
            null => new Work.SetConfigVar(name, value),
            var file when value.Length == 0 && file == $"{name}.old" => new Work.RestoreConfigVar(name),
            _ => new Work.Manual($"a backup of {name} is restored from `$(< {name}.old)`"),
        };
    }

    private static Work Capture(IReadOnlyList<CommandWord> words) =>
        Arguments(words, [AppOption, "verbose v", "wait-interval="], (_, rest) => rest switch
        {
            [] => new Work.BackUpDatabase(),
            [{ File: null } word] when ResourceName().IsMatch(word.Text) => new Work.BackUpDatabase(word.Text),
            _ => null,
        });

    private static Work CreateAddon(IReadOnlyList<CommandWord> words) =>
        Arguments(words, [AppOption, "rollback=", "to=", "wait", "wait-interval="], (arguments, rest) =>
        {
            if (rest is not [{ File: null } plan] || !PlanName().IsMatch(plan.Text))
            {
                return new Work.Manual("it names no add-on plan, such as `heroku-postgresql:standard-0`");
            }

            if (arguments["rollback"] is not { } source || !plan.Text.StartsWith("heroku-postgresql", StringComparison.Ordinal))
            {
                return new Work.Manual("of add-ons only rollback databases are created here (`--rollback SOURCE --to TIME`)");
            }

            return !ResourceName().IsMatch(source) ? new Work.Manual("`--rollback` doesn't give the name of a database")
                : arguments["to"] is not { } to ? new Work.Manual("`--to` is missing: the point in time to roll back to")
                : PointInTime.IsPlaceholder(to) ? new Work.CreateRollbackDatabase(plan.Text, source)
                : PointInTime.Parse(to) is { } time ? new Work.CreateRollbackDatabase(plan.Text, source, time)
                : new Work.Manual($"`--to` isn't a date, a time and a zone, such as `2013-10-21 15:52+00`, nor `now`");
        });

    private static Work DestroyAddon(IReadOnlyList<CommandWord> words) =>
        Arguments(words, [AppOption, "confirm= c", "wait"], (arguments, rest) => rest switch
        {
            [{ File: null } addon] when !ResourceName().IsMatch(addon.Text) => null,
            [{ File: null }] when arguments["confirm"] is { } confirmed && arguments.App is { } app && confirmed != app => new Work.Manual("`--confirm` and `--app` name two apps"),
            [{ File: null } addon] => new Work.DestroyAddon(addon.Text),
            { Count: > 1 } => new Work.Manual("a step destroys one add-on"),
            _ => new Work.Manual("it names no add-on"),
        });

    private static Work Rollback(IReadOnlyList<CommandWord> words) =>
        Arguments(words, [AppOption], (_, rest) => rest switch
        {
            [] => new Work.RollBackRelease(),
            [{ File: null } word] when ReleasePlaceholder().IsMatch(word.Text) => new Work.RollBackRelease(),
            [{ File: null } word] when ReleaseNumber().Match(word.Text) is { Success: true } match => new Work.RollBackRelease(int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture)),
            _ => new Work.Manual("a release is written `v51`, or `vXX` for the one that is current when the roll-out begins"),
        });

    private static Work? Scale(string text) =>
        ScaleArgument().Match(text) is { Success: true } match
            ? new Work.Scale(match.Groups["type"].Value, int.Parse(match.Groups["quantity"].ValueSpan, CultureInfo.InvariantCulture))
            : new Work.Manual("a process type is scaled to a number: `heroku ps:scale worker=2`");

    private static Work Restart(IReadOnlyList<CommandWord> words) =>
        Arguments(words, [AppOption, "dyno-name= d", "process-type= p"], (arguments, rest) =>
        {
            string?[] named = [.. rest.Select(word => word.Text), arguments["dyno-name"], arguments["process-type"]];
            return named.OfType<string>().ToArray() switch
            {
                [] => new Work.Restart(),
                [var dyno] when DynoName().IsMatch(dyno) && rest.All(word => word.File is null) => new Work.Restart(dyno),
                _ => null,
            };
        });

    private static Work Run(IReadOnlyList<CommandWord> words) =>
        Arguments(words, [AppOption, "exit-code x", "no-tty"], (_, rest) =>
        {
            if (rest.Count == 0)
            {
                return new Work.Manual("it names nothing to run");
            }

            if (rest.Any(word => word.File is not null))
            {
                return new Work.Manual("`$(< …)` is understood in `config:set` only");
            }

            string[] command = [.. rest.Select(word => word.Text)];
            if (command is [var whole] && whole.Contains(' ', StringComparison.Ordinal))
            {
                var (line, reason) = HerokuCommandLine.Parse(whole);
                if (line is null || line.SavedTo is not null || line.Words.Any(word => word.File is not null))
                {
                    return new Work.Manual($"{reason ?? "`>` or `<` needs a shell"}, and a step is never given to a shell");
                }

                command = [.. line.Words.Select(word => word.Text)];
            }

            return command[0].StartsWith('-') ? new Work.Manual($"its option `{Short(command[0].Split('=')[0])}` isn't known here")
                : Shells.Contains(command[0]) ? new Work.Manual($"`{command[0]}` is a shell")
                : command[0] == "alembic" && Alembic(command[1..]) is { } migration ? migration
                : new Work.RunCommand([.. command]);
        }, keepUnknown: true);

    private static Work? Alembic(string[] words) => words switch
    {
        ["upgrade", var revision] when Revision().IsMatch(revision) => new Work.AlembicUpgrade(revision),
        ["downgrade", var revision] when Revision().IsMatch(revision) => new Work.AlembicDowngrade(revision),
        _ => null,
    };

    private static Work GitPush(string[] words) => words switch
    {
        ["push", "heroku", "master" or "main" or "HEAD:master" or "HEAD:main" or "main:master" or "master:main"] => new Work.Deploy(),
        ["push", ..] when words.Any(word => word is "-f" or "--force" || word.StartsWith('+') || word.StartsWith("--force", StringComparison.Ordinal)) => new Work.Manual("nothing is ever pushed by force"),
        _ => new Work.Manual("of `git` only `git push heroku master` is known"),
    };

    private static Work Curl(string[] words)
    {
        string[] harmless = ["-f", "-s", "-S", "-L", "-I", "-i", "-sS", "-fs", "-sf", "-fsS", "-sSf", "-fL", "-sL", "-sI", "-fsSL", "--fail", "--silent", "--show-error", "--location", "--head", "--include"];
        string[] rest = [.. words.Where(word => !harmless.Contains(word))];
        Work? test = rest is [var address] && StepText.WebAddress(address) is { } url ? new Work.SmokeTest(url) : null;
        return test ?? new Work.Manual("of `curl` only the reading of one http address is known");
    }

    private static string FirstWord(string text) => text.IndexOf(' ', StringComparison.Ordinal) is var blank and > 0 ? text[..blank] : text;

    private static string Short(string word) => word.Length <= 40 ? word : $"{word[..40]}…";

    [GeneratedRegex(@"^(\$ +\S|\$? *heroku +[a-z]+(:[a-z-]+)*( |$))")]
    private static partial Regex Bare();

    [GeneratedRegex(@"^[A-Za-z_][A-Za-z0-9_]{0,127}\z")]
    private static partial Regex ConfigName();

    /// <summary>An attachment (<c>HEROKU_POSTGRESQL_YELLOW</c>, with or without <c>_URL</c>) or an add-on (<c>postgresql-curved-12345</c>).</summary>
    [GeneratedRegex(@"^[A-Za-z][A-Za-z0-9_-]{0,127}\z")]
    private static partial Regex ResourceName();

    [GeneratedRegex(@"^[a-z][a-z0-9-]{1,28}[a-z0-9]\z")]
    private static partial Regex AppName();

    [GeneratedRegex(@"^[a-z][a-z0-9-]*(:[a-z0-9][a-z0-9-]*)?\z")]
    private static partial Regex PlanName();

    [GeneratedRegex(@"^v?(x+|n+|<[^<>]*>)\z", RegexOptions.IgnoreCase)]
    private static partial Regex ReleasePlaceholder();

    [GeneratedRegex(@"^v?([1-9][0-9]{0,7})\z")]
    private static partial Regex ReleaseNumber();

    [GeneratedRegex(@"^(?<type>[A-Za-z][A-Za-z0-9_-]{0,62})=(?<quantity>[0-9]{1,4})\z")]
    private static partial Regex ScaleArgument();

    [GeneratedRegex(@"^[A-Za-z][A-Za-z0-9_-]{0,62}(\.[0-9]{1,6})?\z")]
    private static partial Regex DynoName();

    [GeneratedRegex(@"^([A-Za-z0-9_]{1,64}@)?(heads?|base|[+-]?[0-9]{1,3}|[A-Za-z0-9_]{1,64}([+-][0-9]{1,3})?)\z")]
    private static partial Regex Revision();
}
