using System.Text.RegularExpressions;
using Cake.Heroku;

namespace ReleaseTasks.Steps;

/// <summary>
/// Writes down how the app was found; it is what undoing starts from: <c>heroku rollback</c> without a version would take whatever release
/// is the second newest then, and every config change of ours is a release. Where the database can't be asked from here, the app
/// itself is: <c>alembic current</c> in a one-off dyno.
/// </summary>
internal sealed partial class RecordState(AppName app, AppReader reader, MarkedRun asking) : Step<AppState>
{
    public const string StepName = "record-state";

    private bool _asked;

    public override string Name => StepName;

    public override string Title => "Write down how the app was found";

    public override TimeSpan Deadline => TimeSpan.FromMinutes(10);

    protected override Task<AppState> ObserveAsync(CancellationToken ct) => reader.ReadAsync(app, ct);

    protected override string Effect(AppState before) =>
        $"{before.Summary} → written to the journal{(MustAsk(before) ? ", the schema's revision asked of the app in a one-off dyno" : "")}";

    protected override async Task ApplyAsync(AppState before, CancellationToken ct)
    {
        if (MustAsk(before))
        {
            await asking.StartAsync(["alembic", "current"], ct);
            _asked = true;
        }
    }

    protected override async Task<Reading> ReadBackAsync(AppState before, CancellationToken ct)
    {
        if (!MustAsk(before))
        {
            return Done(before);
        }

        return await asking.FindAsync(ct) switch
        {
            { ExitStatus: 0 } ending => Done(before with { SchemaRevision = RevisionIn(ending.Output), SchemaNote = "alembic current names none" }),
            { ExitStatus: var status } => Done(before with { SchemaNote = $"alembic current ended with exit status {status}" }),
            null => new Reading.NotYet("asking the app for its schema's revision") { UnderWay = _asked },
        };
    }

    /// <summary>Only a release phase makes the revision matter, and only what the database itself didn't tell has to be asked.</summary>
    private static bool MustAsk(AppState before) => before is { HasReleasePhase: true, SchemaRevision: null };

    private static Reading.Done Done(AppState state) => new(state, state.Summary);

    private static string? RevisionIn(IEnumerable<string> output) =>
        output.Select(line => Revision().Match(line)).LastOrDefault(match => match.Success)?.Groups["revision"].Value;

    [GeneratedRegex(@"^(?<revision>[0-9A-Za-z_]+)( \(head\))?$")]
    private static partial Regex Revision();
}
