using ReleaseTasks.Plans;

namespace ReleaseTasks.Writing;

/// <summary>One part of the template: the argument that gives it, and what its author is asked where nothing does.</summary>
internal sealed record Section(PlanPart Part, string Argument, string Question, bool MayBeNone = true)
{
    /// <summary>In the order of the template.</summary>
    public static IReadOnlyList<Section> All { get; } =
    [
        new(PlanPart.OriginalIssue, "issue", "Which issue does it solve? Its number, or a line with a link", MayBeNone: false),
        new(PlanPart.Downsides, "downsides", "What becomes worse by it?"),
        new(PlanPart.Risks, "risks", "What may go wrong while it is deployed?"),
        new(PlanPart.Assistants, "assistants", "Who of ops will assist?"),
        new(PlanPart.BackingServices, "backing-services", "What changes in config vars, add-ons and databases?"),
        new(PlanPart.Backup, "backup", "Which backups are made first, step by step?"),
        new(PlanPart.Deployment, "deployment", "How is it deployed, step by step?", MayBeNone: false),
        new(PlanPart.Verification, "verification", "How will you see that it works, step by step?", MayBeNone: false),
        new(PlanPart.Rollback, "rollback", "How is it undone, step by step?", MayBeNone: false),
    ];

    public string Label => PlanLabels.Of(Part);
}
