namespace ReleaseTasks.Plans;

/// <summary>What was read so far.</summary>
internal sealed class PlanDraft
{
    private readonly Dictionary<PlanPart, List<string>> _facts = [];
    private readonly Dictionary<PlanPart, List<PlannedStep>> _steps = [];

    public Dictionary<PlanPart, (int Line, int Column)> Places { get; } = [];

    public SortedSet<PlanPart> None { get; } = [];

    /// <summary>Lines that were meant to be items although Markdown sees no list.</summary>
    public HashSet<int> Listed { get; } = [];

    /// <summary>The parts whose steps stand in a list.</summary>
    public HashSet<PlanPart> Lists { get; } = [];

    public List<(PlanPart Part, int Offset, string Words)> Prose { get; } = [];

    public List<string> Facts(PlanPart part) => _facts.TryGetValue(part, out var facts) ? facts : _facts[part] = [];

    public List<PlannedStep> Steps(PlanPart part) => _steps.TryGetValue(part, out var steps) ? steps : _steps[part] = [];

    public void Remove(PlanPart part, int line) => Steps(part).RemoveAll(step => step.Line == line);

    public RolloutPlan ToPlan() => new()
    {
        Facts = new()
        {
            OriginalIssue = [.. Facts(PlanPart.OriginalIssue)],
            Downsides = [.. Facts(PlanPart.Downsides)],
            Risks = [.. Facts(PlanPart.Risks)],
            Assistants = [.. Facts(PlanPart.Assistants)],
            BackingServices = [.. Facts(PlanPart.BackingServices)],
            None = [.. None],
        },
        Backup = [.. Steps(PlanPart.Backup)],
        Deployment = [.. Steps(PlanPart.Deployment)],
        Verification = [.. Steps(PlanPart.Verification)],
        Rollback = [.. Steps(PlanPart.Rollback)],
        Places = [.. Places.OrderBy(place => place.Key).Select(place => new PlanPlace(place.Key, place.Value.Line, place.Value.Column))],
    };
}
