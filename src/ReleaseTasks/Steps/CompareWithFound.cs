using Cake.Heroku;

namespace ReleaseTasks.Steps;

/// <summary>Changes nothing: reads the whole app back and compares it with how it is to be, before visitors are let in again.</summary>
/// <param name="wanted">How it was found, with what the rollback meant to be different.</param>
/// <param name="types">The process types that were scaled.</param>
/// <param name="opens">Whether the app is opened next.</param>
internal sealed class CompareWithFound(
    AppName app, string name, AppState wanted, IReadOnlyList<string> types, bool opens, AppReader reader)
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
            ? new Reading.Done(new { }, $"as it is to be: code of v{wanted.Release.Version}, {Schema(now)}, {wanted.Attachments.Count} " +
                $"attachments, {wanted.ConfigVars.Count} config vars")
            : new Reading.Failed($"not as it was found: {string.Join("; ", differences)}.{(opens ? " The app stays closed." : "")}");
    }

    private IEnumerable<string> Differences(AppState now) =>
    [
        .. wanted.Release.Slug is null
            ? []
            : Difference("code", wanted.Release.Slug, now.Release.Slug, $"v{wanted.Release.Version}'s", $"v{now.Release.Version}'s"),
        .. (wanted.SchemaRevision, now.SchemaRevision) is ({ } was, { } revision) ? Difference("schema", was, revision) : [],
        .. wanted.Attachments.SelectMany(a => Difference(a.Key, a.Value, now.Attachments.GetValueOrDefault(a.Key))),
        .. from attachment in now.Stripped.Intersect(wanted.Attachments.Keys).Except(wanted.Stripped)
            select $"{attachment} has lost its config var",
        .. from name in OwnVars(now)
            let found = wanted.ConfigVars.GetValueOrDefault(name)
            from difference in Difference($"config var {name}", found, now.ConfigVars.GetValueOrDefault(name))
            select difference,
        .. types.SelectMany(type => Difference(type, wanted.Formation.GetValueOrDefault(type), now.Formation.GetValueOrDefault(type))),
    ];

    /// <summary>Those that people set: what attachments set is the attachments' business.</summary>
    private IEnumerable<string> OwnVars(AppState now) =>
        wanted.ConfigVars.Keys.Union(now.ConfigVars.Keys)
            .Except(wanted.AttachedVars)
            .Except(now.AttachedVars)
            .Order(StringComparer.Ordinal);

    private string Schema(AppState now) => (wanted.SchemaRevision, now.SchemaRevision) switch
    {
        (null, _) => "schema not known then",
        (_, null) => $"schema not asked ({now.SchemaNote})",
        var (_, revision) => $"schema {revision}",
    };

    private static string[] Difference<T>(string what, T was, T now, string? shownWas = null, string? shownNow = null) =>
        EqualityComparer<T>.Default.Equals(was, now) ? [] : [$"{what} is {shownNow ?? Shown(now)}, not {shownWas ?? Shown(was)}"];

    private static string Shown<T>(T value) => value?.ToString() ?? "missing";

    internal sealed record Before(int Version);
}
