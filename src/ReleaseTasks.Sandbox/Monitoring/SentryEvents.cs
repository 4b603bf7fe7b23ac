using System.Text.RegularExpressions;
using ReleaseTasks.Sandbox.Heroku;

namespace ReleaseTasks.Sandbox.Monitoring;

/// <summary>What an app's error reporting would have sent to Sentry, read from its log: tracebacks are errors, answered requests are sessions.</summary>
internal sealed partial class SentryEvents
{
    private readonly Dictionary<string, AppNames> names = [];
    private readonly Dictionary<string, string?> open = []; // by app and process: the last frame of a traceback that isn't over

    private SentryEvents(IEnumerable<LogEvent> lines, IReadOnlyList<SentryRelease> announced)
    {
        foreach (var line in lines)
        {
            Read(line, announced);
        }
    }

    public List<SentryEvent> Errors { get; } = [];

    public List<SentrySession> Sessions { get; } = [];

    public static SentryEvents Of(AppLogs logs, SentryState state) => new(LogEvent.AllOf(logs), state.Releases);

    /// <summary>Errors of one kind from one place are one issue, oldest first.</summary>
    public IEnumerable<SentryIssue> Issues => Errors
        .GroupBy(error => (error.App, error.Type, error.Culprit))
        .Select(events => new SentryIssue([.. events]))
        .OrderBy(issue => issue.FirstSeen);

    private void Read(LogEvent line, IReadOnlyList<SentryRelease> announced)
    {
        var release = names.TryGetValue(line.App, out var known) ? known : names[line.App] = new AppNames();
        if (line.Program == "app/api")
        {
            release.Read(line.Message);
        }
        else if (line.Program == "heroku/router" && Status().Match(line.Message) is { Success: true } status)
        {
            Sessions.Add(new SentrySession(line.At, line.App, release.Now(line, announced), Crashed: status.Groups[1].Value[0] == '5'));
        }
        else if (line.Program.StartsWith("app/", StringComparison.Ordinal))
        {
            ReadOutput(line, release.Now(line, announced));
        }
    }

    private void ReadOutput(LogEvent line, ReleaseNames release)
    {
        var process = $"{line.App} {line.Program}";
        if (line.Message.StartsWith("Traceback (most recent call last)", StringComparison.Ordinal))
        {
            open[process] = null;
        }
        else if (!open.TryGetValue(process, out var frame))
        {
            return;
        }
        else if (Frame().Match(line.Message) is { Success: true } deeper)
        {
            open[process] = $"{deeper.Groups[1].Value} in {deeper.Groups[2].Value}";
        }
        else if (line.Message.Length > 0 && !char.IsWhiteSpace(line.Message[0]))
        {
            var parts = line.Message.Split(": ", 2);
            Errors.Add(new SentryEvent(line.At, line.App, parts[0], parts.Length > 1 ? parts[1] : "", frame ?? line.Program, release));
            open.Remove(process);
        }
    }

    [GeneratedRegex("status=([0-9]{3})")]
    private static partial Regex Status();

    [GeneratedRegex("^  File \"([^\"]+)\", line [0-9]+, in (.+)$")]
    private static partial Regex Frame();

    /// <summary>Which release an app runs, as its log tells.</summary>
    private sealed partial class AppNames
    {
        private string version = "";
        private string commit = "";

        public void Read(string message)
        {
            if (Release().Match(message) is { Success: true } release)
            {
                version = release.Groups[1].Value;
            }
            else if (Deploy().Match(message) is { Success: true } deploy)
            {
                commit = deploy.Groups[1].Value;
            }
        }

        public ReleaseNames Now(LogEvent line, IReadOnlyList<SentryRelease> announced) => new(
            version, commit,
            announced.Where(release => release.CreatedAt <= line.At && release.Projects.Contains(line.App)).MaxBy(release => release.CreatedAt)?.Version);

        [GeneratedRegex("^Release (v[0-9]+) created")]
        private static partial Regex Release();

        [GeneratedRegex("^Deploy ([0-9a-f]{7,40}) by")]
        private static partial Regex Deploy();
    }
}

/// <summary>
/// What a release goes by. Teams differ in what their apps report: Heroku's version, the commit, a name that was announced. The
/// sandbox's app answers to all three.
/// </summary>
internal sealed record ReleaseNames(string Version, string Commit, string? Announced)
{
    public bool Include(string name) =>
        name.Length > 0 && (name == Version || name == Announced || (Commit.Length > 0 && name.StartsWith(Commit, StringComparison.Ordinal)));

    public override string ToString() => Announced ?? (Version.Length > 0 ? Version : Commit);
}

internal sealed record SentryEvent(DateTimeOffset At, string App, string Type, string Value, string Culprit, ReleaseNames Release);

internal sealed record SentrySession(DateTimeOffset At, string App, ReleaseNames Release, bool Crashed);

/// <summary>The events of one kind, oldest first.</summary>
internal sealed class SentryIssue(IReadOnlyList<SentryEvent> events)
{
    public IReadOnlyList<SentryEvent> Events => events;

    public SentryEvent First => events[0];

    public SentryEvent Last => events[^1];

    public DateTimeOffset FirstSeen => First.At;

    /// <summary>The same number for the same kind of error, in this sandbox and in the next.</summary>
    public string Id { get; } = $"{events[0].App}|{events[0].Type}|{events[0].Culprit}".Aggregate(7L, (sum, c) => ((sum * 31) + c) % 8_999_999_999).ToString(System.Globalization.CultureInfo.InvariantCulture);

    public string Title => First.Value.Length == 0 ? First.Type : $"{First.Type}: {First.Value}";
}
