using Cake.Heroku;

namespace ReleaseTasks.Steps;

/// <summary>
/// Writes down how the app was found. It changes nothing; its observation is what undoing starts from: <c>heroku rollback</c> without a
/// version would take whatever release is the second newest then, and every config change of ours is a release.
/// </summary>
internal sealed class RecordState(AppName app, AppReader reader) : Step<AppState>
{
    public const string StepName = "record-state";

    public override string Name => StepName;

    public override string Title => "Write down how the app was found";

    protected override Task<AppState> ObserveAsync(CancellationToken ct) => reader.ReadAsync(app, ct);

    protected override string Effect(AppState before) => $"{before.Summary} → written to the journal";

    protected override Task ApplyAsync(AppState before, CancellationToken ct) => Task.CompletedTask;

    protected override Task<Reading> ReadBackAsync(AppState before, CancellationToken ct) =>
        Task.FromResult<Reading>(new Reading.Done(before, before.Summary));
}
