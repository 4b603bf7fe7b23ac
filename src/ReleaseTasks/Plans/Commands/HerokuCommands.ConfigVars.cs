namespace ReleaseTasks.Plans.Commands;

/// <content>Config vars.</content>
internal static partial class HerokuCommands
{
    private static Work ConfigGet(IReadOnlyList<CommandWord> words, string? savedTo) =>
        OneArgument(words, "config var", name =>
            !CommandNames.IsConfigVar(name) ? null
            : savedTo is null ? new Work.Manual($"the value isn't saved: `> {name}.old` is missing")
            : savedTo != $"{name}.old" ? new Work.Manual($"a backup is saved as `> {name}.old`")
            : new Work.BackUpConfigVar(name));

    private static IReadOnlyList<Work> ConfigUnset(IReadOnlyList<CommandWord> words) =>
        EachArgument(words, "config var", word => word.File is null && CommandNames.IsConfigVar(word.Text) ? new Work.UnsetConfigVar(word.Text) : null);

    private static IReadOnlyList<Work> ConfigSet(IReadOnlyList<CommandWord> words)
    {
        var work = EachArgument(words, "config var", Assignment);
        return work.Select(one => one.ChangedVar).Distinct().Count() == work.Count ? work : [new Work.Manual("it sets one config var twice")];
    }

    /// <summary>Whether a word is <c>NAME=VALUE</c> or <c>NAME=$(&lt; NAME.old)</c>.</summary>
    private static Work? Assignment(CommandWord word)
    {
        if (word.Text.Split('=', 2) is not [var name, var value] || !CommandNames.IsConfigVar(name))
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
}
