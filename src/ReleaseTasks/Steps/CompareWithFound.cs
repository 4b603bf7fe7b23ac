using Cake.Heroku;

namespace ReleaseTasks.Steps;

/// <summary>Changes nothing: reads the whole app back and compares it with how it was found, before visitors are let in again.</summary>
/// <param name="wanted">How it was found, with what the rollback meant to be different.</param>
/// <param name="configVars">Those that the rollback put back.</param>
/// <param name="types">The process types that it scaled.</param>
internal sealed class CompareWithFound(AppName app, string name, AppState wanted, IReadOnlyList<string> configVars, IReadOnlyList<string> types, AppReader reader)
    : Step<CompareWithFound.Before>
{
    public override string Name => name;

    public override string Title => "Read everything back";

    public override bool OnlyReads => true;

    protected override Task<Before> ObserveAsync(CancellationToken ct) => Task.FromResult(new Before(wanted.Release.Version));

    protected override string Effect(Before before) => $"compared with what was found: code of v{before.Version}, schema, attachments, config vars, formation";

    protected override Task ApplyAsync(Before before, CancellationToken ct) => Task.CompletedTask;

    protected override async Task<Reading> ReadBackAsync(Before before, CancellationToken ct)
    {
        var now = await reader.ReadAsync(app, ct);
        var differences = Differences(now).ToList();
        return differences.Count == 0
            ? new Reading.Done(new { }, $"as found: code of v{wanted.Release.Version}, {Schema(now)}, {wanted.Attachments.Count} attachments, {configVars.Count} config vars")
            : new Reading.Failed($"not as it was found: {string.Join("; ", differences)}. The app stays closed.");
    }

    private IEnumerable<string> Differences(AppState now) =>
    [
        .. Difference("code", wanted.Release.Slug, now.Release.Slug, $"v{wanted.Release.Version}'s", $"v{now.Release.Version}'s"),
        .. now.SchemaRevision is null ? [] : Difference("schema", wanted.SchemaRevision, now.SchemaRevision),
        .. wanted.Attachments.SelectMany(a => Difference(a.Key, a.Value, now.Attachments.GetValueOrDefault(a.Key))),
        .. configVars.SelectMany(v => Difference($"config var {v}", wanted.ConfigVars.GetValueOrDefault(v), now.ConfigVars.GetValueOrDefault(v))),
        .. types.SelectMany(type => Difference(type, wanted.Formation.GetValueOrDefault(type), now.Formation.GetValueOrDefault(type))),
    ];

    private string Schema(AppState now) => (wanted.SchemaRevision, now.SchemaRevision) switch
    {
        (null, _) => "schema not known then",
        (_, null) => $"schema not asked ({now.SchemaNote})",
        var (_, revision) => $"schema {revision}",
    };

    private static string[] Difference<T>(string what, T was, T now, string? shownWas = null, string? shownNow = null) =>
        was is null || EqualityComparer<T>.Default.Equals(was, now) ? [] : [$"{what} is {shownNow ?? now?.ToString() ?? "missing"}, not {shownWas ?? was.ToString()}"];

    internal sealed record Before(int Version);
}
