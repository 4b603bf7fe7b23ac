using System.Collections.Immutable;

namespace ReleaseTasks.Journals;

/// <summary>Where a roll-out stands: a fold over its journal, and nothing else.</summary>
internal sealed record RunState
{
    public static RunState Empty { get; } = new();

    public RolloutStarted? Start { get; private init; }

    /// <summary>All steps in the order in which they were first started, the undoing ones last.</summary>
    public ImmutableList<StepRecord> Steps { get; private init; } = [];

    public ImmutableList<string> Gates { get; private init; } = [];

    public bool IsFinished { get; private init; }

    public RollbackStarted? Rollback { get; private init; }

    public RollbackFinished? RolledBack { get; private init; }

    public Verified? Verdict { get; private init; }

    /// <summary>How often the app was given back as it was found, after a failure.</summary>
    public int StandDowns { get; private init; }

    /// <summary>A person freed the app from this roll-out's lock.</summary>
    public bool IsUnlocked { get; private init; }

    /// <summary>Why the last run ended early; null while it runs or when it came to its end.</summary>
    public string? StoppedBecause { get; private init; }

    public DateTimeOffset? LastAt { get; private init; }

    public bool Exists => Start is not null;

    /// <summary>A step that changes the world was begun: from here on the roll-out is finished or undone, whatever the gates say by now.</summary>
    public bool HasTouchedTheWorld => Steps.Any(step => !step.OnlyReads);

    public bool IsUnderWay => Exists && RolledBack is null && (!IsFinished || Rollback is not null);

    public StepRecord? Find(string step) => Steps.FirstOrDefault(s => s.Name == step);

    public bool HasFinished(string step) => Find(step) is { IsFinished: true };

    public static RunState Of(IEnumerable<JournalLine> lines) => lines.Aggregate(Empty, (state, line) => state.After(line));

    /// <summary>The state one line later.</summary>
    public RunState After(JournalLine line) => Changed(line) with { LastAt = line.At };

    private RunState Changed(JournalLine line) => line switch
    {
        RolloutStarted start => Empty with { Start = start, Steps = [.. Steps.Where(step => start.Kept?.Contains(step.Name) == true)] },
        GatesOpened gates => this with { Gates = [.. gates.Gates] },
        StepStarted started => this with { Steps = Steps.Add(StepRecord.Of(started)), StoppedBecause = null },
        StepFinished finished => With(finished.Step, step => step with
        {
            After = finished.After,
            WholeAfter = finished.WholeAfter,
            Evidence = finished.Evidence,
            Simulated = finished.Simulated,
            FinishedAt = finished.At,
            Failure = null,
        }),
        StepFailed failed => With(failed.Step, step => step with { Failure = failed.Why }) with { StoppedBecause = failed.Why },
        Stopped stopped => this with { StoppedBecause = stopped.Why },
        RolloutFinished => this with { IsFinished = true, StoppedBecause = null },
        Verified verified => this with { Verdict = verified },
        RollbackStarted rollback => this with { Rollback = rollback, StoppedBecause = null },
        RollbackFinished rolledBack => this with { RolledBack = rolledBack, StoppedBecause = null },
        StoodDown stood => this with { Steps = Steps.RemoveAll(step => stood.Steps.Contains(step.Name)), StandDowns = StandDowns + 1 },
        Unlocked => this with { IsUnlocked = true },
        _ => throw new JournalException($"The journal has a line of a kind that this version doesn't know: {line.GetType().Name}."),
    };

    private RunState With(string name, Func<StepRecord, StepRecord> change)
    {
        var step = Find(name) ?? throw new JournalException($"The journal speaks of the end of '{name}', which it never saw begin.");
        return this with { Steps = Steps.Replace(step, change(step)) };
    }
}
