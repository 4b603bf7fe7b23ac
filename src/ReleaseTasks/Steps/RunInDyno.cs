using Cake.Heroku;

namespace ReleaseTasks.Steps;

/// <summary>Runs a command in a one-off dyno and waits for its end.</summary>
internal sealed class RunInDyno(AppName app, string name, string title, IReadOnlyList<string> command, MarkedRun run, TimeSpan deadline) : Step<RunInDyno.Before>
{
    private bool _startedHere;

    public override string Name => name;

    public override string Title => title;

    public override TimeSpan Deadline => deadline;

    protected override Task<Before> ObserveAsync(CancellationToken ct) => Task.FromResult(new Before(command));

    protected override string Effect(Before before) => $"one-off dyno: {string.Join(' ', before.Command)}";

    protected override async Task ApplyAsync(Before before, CancellationToken ct)
    {
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
