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

    /// <summary>Without secrets in what is written for people. What the roll-out goes on by stays as it is.</summary>
    public virtual JournalLine Cleaned(Masking masking) => this;

    /// <summary>As it is written: of what the roll-out goes on by, secrets are masked, and the whole is kept elsewhere.</summary>
    public virtual JournalLine Masked(Masking masking) => this;

    /// <summary>As it was before it was masked, where that is at hand.</summary>
    public virtual JournalLine Whole(Unmasked unmasked) => this;
}

/// <summary>
/// The first line: which plan is carried out, in the words it had then. Its later edits don't change a roll-out under way. Until that has
/// changed anything it may begin anew, with another such line; with another head also after it was prepared.
/// </summary>
internal sealed record RolloutStarted(
    RolloutId Rollout, string App, int? PullRequest, string? HeadSha, string Plan, string Owner, string Host) : JournalLine
{
    /// <summary>The steps of the beginning before this one that stay as they are.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Kept { get; init; }

    /// <summary>Which key fingerprints and references are made with; null for the app's id.</summary>
    public string? Key { get; init; }

    /// <summary>Where the plan's words are whole; null where they are so here.</summary>
    public string? WholePlan { get; init; }

    /// <summary>What its author wrote, without what happens to a description while it is carried out: ticks and notes.</summary>
    [JsonIgnore]
    public string? Wording { get; init; }

    public override JournalLine Masked(Masking masking)
    {
        var (plan, reference) = masking.Mask(Plan, Wording);
        return this with { Plan = plan, WholePlan = reference };
    }

    public override JournalLine Whole(Unmasked unmasked) =>
        WholePlan is { } reference && unmasked.Find(reference) is { } plan
            ? this with { Plan = plan, WholePlan = null }
            : this;
}

/// <summary>Every gate was answered yes; from here on things may change.</summary>
internal sealed record GatesOpened(IReadOnlyList<string> Gates) : JournalLine
{
    public override JournalLine Cleaned(Masking masking) => this with { Gates = masking.Clean(Gates) };
}

/// <summary>Written and flushed before the effect: all that taking it back will need.</summary>
internal sealed record StepStarted(string Step, string Title, JsonElement Before) : JournalLine
{
    /// <summary>It changes nothing in the world.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool OnlyReads { get; init; }

    /// <summary>Where <see cref="Before"/> is whole; null where it is so here.</summary>
    public string? WholeBefore { get; init; }

    public override JournalLine Cleaned(Masking masking) => this with { Title = masking.Clean(Title) };

    public override JournalLine Masked(Masking masking)
    {
        var (before, reference) = masking.Mask(Before);
        return this with { Before = before, WholeBefore = reference };
    }

    public override JournalLine Whole(Unmasked unmasked) =>
        WholeBefore is { } reference && unmasked.Find(reference) is { } before
            ? this with { Before = JsonElement.Parse(before), WholeBefore = null }
            : this;
}

/// <summary>The effect was read back.</summary>
/// <param name="After">What the step left behind: a release's version, a backup's id.</param>
/// <param name="Evidence">What was read, in one line for people.</param>
internal sealed record StepFinished(string Step, JsonElement After, string Evidence, bool Simulated) : JournalLine
{
    /// <summary>Where <see cref="After"/> is whole; null where it is so here.</summary>
    public string? WholeAfter { get; init; }

    public override JournalLine Cleaned(Masking masking) => this with { Evidence = masking.Clean(Evidence) };

    public override JournalLine Masked(Masking masking)
    {
        var (after, reference) = masking.Mask(After);
        return this with { After = after, WholeAfter = reference };
    }

    public override JournalLine Whole(Unmasked unmasked) =>
        WholeAfter is { } reference && unmasked.Find(reference) is { } after
            ? this with { After = JsonElement.Parse(after), WholeAfter = null }
            : this;
}

internal sealed record StepFailed(string Step, string Why) : JournalLine
{
    public override JournalLine Cleaned(Masking masking) => this with { Why = masking.Clean(Why) };
}

/// <summary>The run ended before its end: by a signal, a deadline, a person who was waited for.</summary>
internal sealed record Stopped(string Why) : JournalLine
{
    public override JournalLine Cleaned(Masking masking) => this with { Why = masking.Clean(Why) };
}

internal sealed record RolloutFinished : JournalLine;

internal sealed record Verified(string Verdict, IReadOnlyList<string> Evidence) : JournalLine
{
    public override JournalLine Cleaned(Masking masking) => this with { Evidence = masking.Clean(Evidence) };
}

/// <summary>From here on steps are those that undo.</summary>
/// <param name="Decision">How it goes about it; null in journals of earlier versions.</param>
internal sealed record RollbackStarted(string Owner, string Host, UndoDecision? Decision = null) : JournalLine
{
    public override JournalLine Cleaned(Masking masking) =>
        Decision is { } decision ? this with { Decision = decision with { Losses = masking.Clean(decision.Losses) } } : this;

    public override JournalLine Masked(Masking masking) => this with { Decision = Decision?.Masked(masking) };

    public override JournalLine Whole(Unmasked unmasked) => this with { Decision = Decision?.Whole(unmasked) };
}

internal sealed record RollbackFinished(IReadOnlyList<string> LeftForPeople) : JournalLine
{
    public override JournalLine Cleaned(Masking masking) => this with { LeftForPeople = masking.Clean(LeftForPeople) };
}

/// <summary>After a failure the app was given back as it was found: these steps are as if they had not been done.</summary>
internal sealed record StoodDown(IReadOnlyList<string> Steps) : JournalLine;

/// <summary>A person freed the app from this roll-out's lock, and said why.</summary>
internal sealed record Unlocked(string Reason, string Owner, string Host) : JournalLine
{
    public override JournalLine Cleaned(Masking masking) => this with { Reason = masking.Clean(Reason) };
}
