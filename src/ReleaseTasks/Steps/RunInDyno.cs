using System.Text.RegularExpressions;
using Cake.Heroku;

namespace ReleaseTasks.Steps;

/// <summary>
/// Runs a command in a one-off dyno. Heroku's API doesn't tell how it ended, so the command line ends by printing a mark and the exit
/// status, which is read from the log. Its words are quoted one by one: they reach the dyno's shell as words, never as script.
/// </summary>
internal sealed partial class RunInDyno(AppName app, string name, string title, IReadOnlyList<string> command, string mark, IHerokuApi heroku, IHerokuStreams streams, TimeSpan deadline)
    : Step<RunInDyno.Before>
{
    private bool _startedHere;

    public override string Name => name;

    public override string Title => title;

    public override TimeSpan Deadline => deadline;

    protected override Task<Before> ObserveAsync(CancellationToken ct) => Task.FromResult(new Before(command));

    protected override string Effect(Before before) => $"one-off dyno: {string.Join(' ', before.Command)}";

    protected override async Task ApplyAsync(Before before, CancellationToken ct)
    {
        await heroku.RunAsync(app, new NewDyno(CommandLine(before.Command)), ct);
        _startedHere = true;
    }

    protected override async Task<Reading> ReadBackAsync(Before before, CancellationToken ct)
    {
        var session = await heroku.CreateLogSessionAsync(app, new() { Lines = 1500 }, ct);
        await foreach (var line in streams.ReadLogAsync(session, ct))
        {
            if (Ended().Match(line.Text) is { Success: true } end && end.Groups["mark"].Value == mark)
            {
                return end.Groups["status"].Value == "0"
                    ? new Reading.Done(new { ExitStatus = 0 }, "exit status 0")
                    : new Reading.Failed($"'{string.Join(' ', before.Command)}' ended with exit status {end.Groups["status"].Value}. `heroku logs --app {app}` shows what it printed.");
            }
        }

        return await IsRunningAsync(ct)
            ? new Reading.NotYet("running") { UnderWay = true }
            : new Reading.NotYet(_startedHere ? "waiting for its exit status in the log" : "no trace of it in the log") { UnderWay = _startedHere };
    }

    private async Task<bool> IsRunningAsync(CancellationToken ct) =>
        (await heroku.ListDynosAsync(app, ct)).Any(dyno => dyno.Command.Contains(mark, StringComparison.Ordinal));

    private string CommandLine(IReadOnlyList<string> words) => $"{string.Join(' ', words.Select(Quoted))}; echo \"release-tasks {mark} exit $?\"";

    /// <summary>A shell takes everything between single quotes as it is; a single quote itself can only stand outside them.</summary>
    private static string Quoted(string word) => $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    [GeneratedRegex(@"release-tasks (?<mark>\S+) exit (?<status>\d+)")]
    private static partial Regex Ended();

    internal sealed record Before(IReadOnlyList<string> Command);
}
