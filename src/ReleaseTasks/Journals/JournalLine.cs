using System.Text.Json;
using System.Text.Json.Serialization;

namespace ReleaseTasks.Journals;

/// <summary>One line of a roll-out's journal, and at the same time the event that screens, pull request and reports listen to.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "event")]
[JsonDerivedType(typeof(RolloutStarted), "rollout-started")]
[JsonDerivedType(typeof(GatesOpened), "gates-opened")]
[JsonDerivedType(typeof(StepStarted), "step-started")]
[JsonDerivedType(typeof(StepFinished), "step-finished")]
[JsonDerivedType(typeof(StepFailed), "step-failed")]
[JsonDerivedType(typeof(Stopped), "stopped")]
[JsonDerivedType(typeof(RolloutFinished), "rollout-finished")]
[JsonDerivedType(typeof(Verified), "verified")]
[JsonDerivedType(typeof(RollbackStarted), "rollback-started")]
[JsonDerivedType(typeof(RollbackFinished), "rollback-finished")]
[JsonDerivedType(typeof(StoodDown), "stood-down")]
[JsonDerivedType(typeof(Unlocked), "unlocked")]
internal abstract record JournalLine
{
    /// <summary>The journal's format. A newer one is refused, never guessed at.</summary>
    public const int Version = 1;

    public int V { get; init; } = Version;

    public DateTimeOffset At { get; init; }

    /// <summary>Without secrets in what is written for people; names and observations, by which the roll-out goes on, stay as they are.</summary>
    public virtual JournalLine Redacted(Func<string, string> redact) => this;
}

/// <summary>
/// The first line: which plan is carried out, in the words it had then. Its later edits don't change a roll-out under way. Until that has
/// changed anything it may begin anew, with another such line.
/// </summary>
internal sealed record RolloutStarted(
    RolloutId Rollout, string App, int? PullRequest, string? HeadSha, string Plan, string Owner, string Host) : JournalLine
{
    /// <summary>Which key the fingerprints of config vars are made with; null for the app's id.</summary>
    public string? Key { get; init; }
}

/// <summary>Every gate was answered yes; from here on things may change.</summary>
internal sealed record GatesOpened(IReadOnlyList<string> Gates) : JournalLine;

/// <summary>Written and flushed before the effect: all that taking it back will need.</summary>
internal sealed record StepStarted(string Step, string Title, JsonElement Before) : JournalLine
{
    /// <summary>It changes nothing in the world.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool OnlyReads { get; init; }
}

/// <summary>The effect was read back.</summary>
/// <param name="After">What the step left behind: a release's version, a backup's id.</param>
/// <param name="Evidence">What was read, in one line for people.</param>
internal sealed record StepFinished(string Step, JsonElement After, string Evidence, bool Simulated) : JournalLine
{
    public override JournalLine Redacted(Func<string, string> redact) => this with { Evidence = redact(Evidence) };
}

internal sealed record StepFailed(string Step, string Why) : JournalLine
{
    public override JournalLine Redacted(Func<string, string> redact) => this with { Why = redact(Why) };
}

/// <summary>The run ended before its end: by a signal, a deadline, a person who was waited for.</summary>
internal sealed record Stopped(string Why) : JournalLine
{
    public override JournalLine Redacted(Func<string, string> redact) => this with { Why = redact(Why) };
}

internal sealed record RolloutFinished : JournalLine;

internal sealed record Verified(string Verdict, IReadOnlyList<string> Evidence) : JournalLine;

/// <summary>From here on steps are those that undo.</summary>
/// <param name="Decision">How it goes about it; null in journals of earlier versions.</param>
internal sealed record RollbackStarted(string Owner, string Host, UndoDecision? Decision = null) : JournalLine;

internal sealed record RollbackFinished(IReadOnlyList<string> LeftForPeople) : JournalLine;

/// <summary>After a failure the app was given back as it was found: these steps are as if they had not been done.</summary>
internal sealed record StoodDown(IReadOnlyList<string> Steps) : JournalLine;

/// <summary>A person freed the app from this roll-out's lock, and said why.</summary>
internal sealed record Unlocked(string Reason, string Owner, string Host) : JournalLine;
