using System.Text.RegularExpressions;
using Cake.Heroku;

namespace ReleaseTasks.Steps;

/// <summary>
/// A one-off dyno whose end can be found again. Heroku's API doesn't tell how its command ended, so the command line ends by printing a mark
/// and the exit status, which is read from the log. Its words are quoted one by one: they reach the dyno's shell as words, never as script.
/// </summary>
internal sealed partial class MarkedRun(AppName app, string mark, IHerokuApi heroku, IHerokuStreams streams)
{
    /// <summary>Heroku's log holds no more.</summary>
    private const int LogLines = 1500;

    private const string Word = "release-tasks";

    private int _earlier;

    /// <summary>Whether a dyno's command was started like this, by whichever roll-out.</summary>
    public static bool IsOurs(string command) => command.Contains($"echo \"{Word} ", StringComparison.Ordinal);

    public async Task StartAsync(IReadOnlyList<string> words, CancellationToken ct)
    {
        _earlier = (await ListAsync(ct)).Count;
        await heroku.RunAsync(app, new NewDyno($"{string.Join(' ', words.Select(Quoted))}; echo \"{Word} {mark} exit $?\""), ct);
    }

    /// <summary>How it ended, since it was started here or, where it wasn't, the last time; null where the log doesn't tell (yet).</summary>
    public async Task<Ending?> FindAsync(CancellationToken ct) => (await ListAsync(ct)).Skip(_earlier).LastOrDefault();

    private async Task<List<Ending>> ListAsync(CancellationToken ct)
    {
        var endings = new List<Ending>();
        var session = await heroku.CreateLogSessionAsync(app, new() { Lines = LogLines }, ct);
        var output = new Dictionary<string, List<string>>();
        await foreach (var line in streams.ReadLogAsync(session, ct))
        {
            var printed = output.TryGetValue(line.Process, out var known) ? known : output[line.Process] = [];
            if (line.Source == "app" && Ended().Match(line.Text) is { Success: true } end && end.Groups["mark"].Value == mark)
            {
                endings.Add(new(int.Parse(end.Groups["status"].Value, System.Globalization.CultureInfo.InvariantCulture), [.. printed]));
                printed.Clear();
            }
            else if (line.Source == "app")
            {
                printed.Add(line.Text.Trim());
            }
        }

        return endings;
    }

    public async Task<bool> IsRunningAsync(CancellationToken ct) =>
        (await heroku.ListDynosAsync(app, ct)).Any(dyno => dyno.Command.Contains(mark, StringComparison.Ordinal));

    /// <summary>A shell takes everything between single quotes as it is; a single quote itself can only stand outside them.</summary>
    private static string Quoted(string word) => $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    [GeneratedRegex(@"^release-tasks (?<mark>\S+) exit (?<status>\d+)\s*$")]
    private static partial Regex Ended();

    /// <param name="Output">What the dyno printed before its mark, line by line.</param>
    public sealed record Ending(int ExitStatus, IReadOnlyList<string> Output);
}
