using System.Globalization;
using ReleaseTasks.Journals;

namespace ReleaseTasks.Options;

/// <summary>The arguments of the release targets, besides those that override a setting of <c>release.json</c>.</summary>
internal sealed class ReleaseArguments(IReadOnlyDictionary<string, string> arguments)
{
    /// <summary>Without dashes, in the order in which docs/operating.md explains them.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        "pr", "plan", "confirm", "force", "schema", "without-github", "format", "on-failure", "manual-timeout", "reason", "replace",
        "title", "branch", "wip", "check-run",
        .. Writing.Section.All.Select(section => section.Argument), .. SandboxArguments.Names,
    ];

    /// <summary><c>--pr=3</c>; null for the only open one.</summary>
    public int? PullRequest => arguments.TryGetValue("pr", out var text)
        ? int.TryParse(text.TrimStart('#'), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number is > 0 and < 1_000_000_000
            ? number
            : throw Bad("pr", text, "the number of a pull request")
        : null;

    /// <summary><c>--plan=FILE</c>: a description in a file instead of a pull request's.</summary>
    public string? PlanFile => arguments.GetValueOrDefault("plan");

    /// <summary><c>--confirm=APP</c>: the app's name, as a person would type it when asked.</summary>
    public string? Confirmation => arguments.GetValueOrDefault("confirm");

    /// <summary><c>--force=STEP,…</c>: the rollback's steps that go ahead whatever somebody else changed; with or without their <c>undo-</c>.</summary>
    public IReadOnlySet<string> Forced => (arguments.GetValueOrDefault("force") ?? "")
        .Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        .Select(step => step.StartsWith("undo-", StringComparison.Ordinal) ? step : "undo-" + step)
        .ToHashSet();

    /// <summary><c>--schema=leave|promote|downgrade</c>: how a rollback brings the schema back; null for what it computes.</summary>
    public SchemaUndo? Schema => arguments.TryGetValue("schema", out var text)
        ? Enum.TryParse<SchemaUndo>(text, ignoreCase: true, out var schema) && !int.TryParse(text, out _) ? schema : throw Bad("schema", text, "'leave', 'promote' or 'downgrade'")
        : null;

    /// <summary><c>--without-github</c>: a rollback that can't wait for GitHub goes by this checkout's journal, without the lock.</summary>
    public bool WithoutGitHub => arguments.GetValueOrDefault("without-github", "false") == "true";

    /// <summary><c>--format=text|json|mermaid</c>; which of them, each target says.</summary>
    public string Format => arguments.GetValueOrDefault("format", "text");

    /// <summary><c>--on-failure=stop|rollback</c></summary>
    public bool RollBackOnFailure => arguments.GetValueOrDefault("on-failure", "stop") switch
    {
        "stop" => false,
        "rollback" => true,
        var other => throw Bad("on-failure", other, "'stop' or 'rollback'"),
    };

    /// <summary><c>--manual-timeout=00:30:00</c></summary>
    public TimeSpan? ManualTimeout => arguments.TryGetValue("manual-timeout", out var text)
        ? TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var time) ? time : throw Bad("manual-timeout", text, "a duration, [d.]hh:mm:ss")
        : null;

    /// <summary>Those of the sandbox.</summary>
    public SandboxArguments Sandbox { get; } = new(arguments);

    /// <summary><c>--reason="…"</c></summary>
    public string? Reason => arguments.GetValueOrDefault("reason");

    /// <summary><c>--replace</c>: makes another key where there is one.</summary>
    public bool Replaces => arguments.GetValueOrDefault("replace", "false") == "true";

    /// <summary><c>--title="…"</c> of a pull request to open.</summary>
    public string? Title => arguments.GetValueOrDefault("title");

    /// <summary><c>--branch=NAME</c>; null for the one that is checked out.</summary>
    public string? Branch => arguments.GetValueOrDefault("branch");

    /// <summary>A part of a pull request's description, such as <c>--downsides="…"</c>; null where it isn't given.</summary>
    /// <exception cref="RefusedException"><c>@FILE</c> can't be read.</exception>
    public string? Section(string name)
    {
        if (arguments.GetValueOrDefault(name) is not ['@', .. var file] given)
        {
            return arguments.GetValueOrDefault(name);
        }

        try
        {
            return File.ReadAllText(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new RefusedException($"--{name}={given}: {e.Message} Nothing was changed.");
        }
    }

    /// <summary><c>--check-run</c></summary>
    public bool PublishesCheckRun => arguments.GetValueOrDefault("check-run", "false") == "true";

    /// <summary><c>--wip</c></summary>
    public bool IsWorkInProgress => arguments.GetValueOrDefault("wip", "false") == "true";

    /// <summary>What is wrong with the arguments' values, all of it.</summary>
    public IEnumerable<string> Problems() => new Action[]
    {
        () => _ = PullRequest, () => _ = RollBackOnFailure, () => _ = ManualTimeout, () => _ = Schema, CheckFormat,
    }.Concat(Sandbox.Checks).Select(Problem).OfType<string>();

    private static string? Problem(Action read)
    {
        try
        {
            read();
            return null;
        }
        catch (RefusedException e)
        {
            return e.Message;
        }
    }

    private void CheckFormat()
    {
        if (Format is not ("text" or "json" or "mermaid"))
        {
            throw Bad("format", Format, "'text', 'json' or 'mermaid'");
        }
    }

    private static RefusedException Bad(string name, string value, string wanted) => new($"--{name}={value}: must be {wanted}.");
}
