namespace ReleaseTasks.Plans;

/// <summary>The description's fields that aren't steps, each in the author's words; empty where it says <c>None</c>.</summary>
public sealed record PlanFacts
{
    public ValueList<string> OriginalIssue { get; init; } = [];

    public ValueList<string> Downsides { get; init; } = [];

    public ValueList<string> Risks { get; init; } = [];

    public ValueList<string> Assistants { get; init; } = [];

    public ValueList<string> BackingServices { get; init; } = [];

    /// <summary>The parts for which the author wrote <c>None</c>, in template order: thought of, unlike those left empty.</summary>
    public ValueList<PlanPart> None { get; init; } = [];

    /// <summary>True where "Backuping steps" says <c>None</c>: the author wants no database backup.</summary>
    public bool NoBackup => None.Contains(PlanPart.Backup);

    /// <summary>What the author wrote for one part; nothing for a part that consists of steps.</summary>
    public ValueList<string> Of(PlanPart part) => part switch
    {
        PlanPart.OriginalIssue => OriginalIssue,
        PlanPart.Downsides => Downsides,
        PlanPart.Risks => Risks,
        PlanPart.Assistants => Assistants,
        PlanPart.BackingServices => BackingServices,
        _ => [],
    };
}
