using Cake.Heroku;
using ReleaseTasks.Journals;

namespace ReleaseTasks.Steps;

/// <summary>
/// Writes down how the app was found; it is what undoing starts from: <c>heroku rollback</c> without a version would take whatever release
/// is the second newest then, and every config change of ours is a release. Where the database can't be asked from here, the app is.
/// </summary>
internal sealed class RecordState(AppName app, AppReader reader, DatabaseInDyno database, TimeSpan deadline) : Step<AppState>
{
    public const string StepName = "record-state";

    private bool _asked;

    /// <summary>How a roll-out found its app; null where it hasn't looked yet.</summary>
    public static AppState? FoundIn(RunState state) =>
        state.Find(StepName) is { } recorded ? recorded.AfterAs<AppState>() ?? recorded.BeforeAs<AppState>() : null;

    public override string Name => StepName;

    public override string Title => "Write down how the app was found";

    public override bool OnlyReads => true;

    public override TimeSpan? Deadline => deadline;

    protected override Task<AppState> ObserveAsync(CancellationToken ct) => reader.ReadAsync(app, ct);

    protected override string Effect(AppState before) =>
        $"{before.Summary} → written to the journal{(before.MustAskApp ? ", the schema's revision asked of the app in a one-off dyno" : "")}";

    protected override async Task ApplyAsync(AppState before, CancellationToken ct)
    {
        if (before.MustAskApp)
        {
            await database.StartAsync(ct);
            _asked = true;
        }
    }

    protected override async Task<Reading> ReadBackAsync(AppState before, CancellationToken ct)
    {
        if (!before.MustAskApp)
        {
            return Done(before);
        }

        return await database.FindAsync(ct) is { } answer
            ? Done(before.With(answer))
            : new Reading.NotYet("asking the app for its schema's revision") { UnderWay = _asked };
    }

    private static Reading.Done Done(AppState state) => new(state, state.Summary);
}
