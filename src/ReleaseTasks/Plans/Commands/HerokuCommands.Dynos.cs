using System.Globalization;
using System.Text.RegularExpressions;

namespace ReleaseTasks.Plans.Commands;

/// <content>Dynos, and the releases that they run.</content>
internal static partial class HerokuCommands
{
    private static readonly string[] Shells = ["sh", "bash", "zsh", "dash", "ash", "fish", "eval", "exec", "env", "sudo", "xargs"];

    private static Work Rollback(IReadOnlyList<CommandWord> words) =>
        Arguments(words, [AppOption], (_, rest) => rest switch
        {
            [] => new Work.RollBackRelease(),
            [{ File: null } word] when ReleasePlaceholder().IsMatch(word.Text) => new Work.RollBackRelease(),
            [{ File: null } word] when ReleaseNumber().Match(word.Text) is { Success: true } match => new Work.RollBackRelease(int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture)),
            _ => new Work.Manual("a release is written `v51`, or `vXX` for the one that is current when the roll-out begins"),
        });

    private static IReadOnlyList<Work> Scale(IReadOnlyList<CommandWord> words) => EachArgument(words, "process type and its number", word =>
        word.File is null && ScaleArgument().Match(word.Text) is { Success: true } match
            ? new Work.Scale(match.Groups["type"].Value, int.Parse(match.Groups["quantity"].ValueSpan, CultureInfo.InvariantCulture))
            : new Work.Manual("a process type is scaled to a number: `heroku ps:scale worker=2`"));

    private static Work Restart(IReadOnlyList<CommandWord> words) =>
        Arguments(words, [AppOption, "dyno-name= d", "process-type= p"], (arguments, rest) =>
        {
            string?[] named = [.. rest.Select(word => word.Text), arguments["dyno-name"], arguments["process-type"]];
            return named.OfType<string>().ToArray() switch
            {
                [] => new Work.Restart(),
                [var dyno] when CommandNames.IsDyno(dyno) && rest.All(word => word.File is null) => new Work.Restart(dyno),
                _ => null,
            };
        });

    private static Work Run(IReadOnlyList<CommandWord> words) =>
        Arguments(words, [AppOption, "exit-code x", "no-tty"], (_, rest) => rest switch
        {
            [] => new Work.Manual("it names nothing to run"),
            _ when rest.Any(word => word.File is not null) => new Work.Manual("`$(< …)` is understood in `config:set` only"),
            [{ Text: var whole }] when whole.Contains(' ', StringComparison.Ordinal) => RunQuoted(whole),
            _ => RunWords([.. rest.Select(word => word.Text)]),
        }, keepUnknown: true);

    /// <summary><c>heroku run "python manage.py migrate"</c>: what is inside is split by the same grammar.</summary>
    private static Work RunQuoted(string whole)
    {
        var (line, reason) = HerokuCommandLine.Parse(whole);
        return line is null || line.SavedTo is not null || line.Words.Any(word => word.File is not null)
            ? new Work.Manual($"{reason ?? "`>` or `<` needs a shell"}, and a step is never given to a shell")
            : RunWords([.. line.Words.Select(word => word.Text)]);
    }

    private static Work RunWords(string[] command) => command switch
    {
        [var option, ..] when option.StartsWith('-') => new Work.Manual($"its option `{CommandRecogniser.Short(option.Split('=')[0])}` isn't known here"),
        [var shell, ..] when Shells.Contains(shell) => new Work.Manual($"`{shell}` is a shell"),
        ["alembic", .. var words] when CommandRecogniser.Alembic(words) is { } migration => migration,
        _ => new Work.RunCommand([.. command]),
    };

    [GeneratedRegex(@"^v?(x+|n+|<[^<>]*>)\z", RegexOptions.IgnoreCase)]
    private static partial Regex ReleasePlaceholder();

    [GeneratedRegex(@"^v?([1-9][0-9]{0,7})\z")]
    private static partial Regex ReleaseNumber();

    [GeneratedRegex(@"^(?<type>[A-Za-z][A-Za-z0-9_-]{0,62})=(?<quantity>[0-9]{1,4})\z")]
    private static partial Regex ScaleArgument();
}
