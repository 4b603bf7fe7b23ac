using Cake.Heroku;

namespace ReleaseTasks.Steps;

/// <summary>Runs a command in a one-off dyno and waits for its end.</summary>
/// <param name="mayHaveRun">It was begun by an earlier run, it may not run twice, and nobody knows how far it came unless the log tells.</param>
internal sealed class RunInDyno(AppName app, string name, string title, IReadOnlyList<string> command, MarkedRun run, TimeSpan deadline, bool mayHaveRun = false) : Step<RunInDyno.Before>
{
    private bool _startedHere;

    public override string Name => name;

    public override string Title => title;

    public override TimeSpan? Deadline => deadline;

    protected override Task<Before> ObserveAsync(CancellationToken ct) => Task.FromResult(new Before(command));

    protected override string Effect(Before before) => $"one-off dyno: {string.Join(' ', before.Command)}";

    protected override async Task ApplyAsync(Before before, CancellationToken ct)
    {
        if (mayHaveRun && (await run.FindAsync(ct) is null || await run.IsRunningAsync(ct)))
        {
            throw new InvalidOperationException(
                $"'{string.Join(' ', before.Command)}' was begun by an earlier run, and the log of {app} doesn't tell whether it ran. It isn't run a second time. Look, put things right by hand, and go back with Rollback or carry on without this tool.");
        }

        await run.StartAsync(before.Command, ct);
        _startedHere = true;
    }

    protected override async Task<Reading> ReadBackAsync(Before before, CancellationToken ct) => await run.FindAsync(ct) switch
    {
        { ExitStatus: 0 } => new Reading.Done(new { ExitStatus = 0 }, "exit status 0"),
        { ExitStatus: var status } => new Reading.Failed($"'{string.Join(' ', before.Command)}' ended with exit status {status}. `heroku logs --app {app}` shows what it printed."),
        null when _startedHere || await run.IsRunningAsync(ct) => new Reading.NotYet("running") { UnderWay = true },
        null => new Reading.NotYet("no trace of it in the log"),
    };

    internal sealed record Before(IReadOnlyList<string> Command);
}
