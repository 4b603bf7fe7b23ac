namespace ReleaseTasks.Plans;

/// <summary>What was read so far.</summary>
internal sealed class PlanDraft
{
    private readonly Dictionary<PlanPart, List<string>> _facts = [];
    private readonly Dictionary<PlanPart, List<PlannedStep>> _steps = [];

    public Dictionary<PlanPart, (int Line, int Column)> Places { get; } = [];

    public SortedSet<PlanPart> None { get; } = [];

    /// <summary>The parts whose steps stand in a list.</summary>
    public HashSet<PlanPart> Lists { get; } = [];

    public List<(PlanPart Part, int Start, int End, string Words)> Prose { get; } = [];

    /// <summary>From where to where each part's content stands: what is written anew when it changes.</summary>
    public Dictionary<PlanPart, (int Start, int End)> Extents { get; } = [];

    public void Cover(PlanPart part, int start, int end) =>
        Extents[part] = Extents.TryGetValue(part, out var extent) && extent.Start < extent.End ? (Math.Min(extent.Start, start), Math.Max(extent.End, end)) : (start, end);

    public List<string> Facts(PlanPart part) => _facts.TryGetValue(part, out var facts) ? facts : _facts[part] = [];

    public List<PlannedStep> Steps(PlanPart part) => _steps.TryGetValue(part, out var steps) ? steps : _steps[part] = [];

    public RolloutPlan ToPlan() => new()
    {
        Facts = new()
        {
            OriginalIssue = [.. Facts(PlanPart.OriginalIssue)],
            Downsides = [.. Facts(PlanPart.Downsides)],
            Risks = [.. Facts(PlanPart.Risks)],
            Assistants = [.. Facts(PlanPart.Assistants)],
            BackingServices = [.. Facts(PlanPart.BackingServices)],
            None = [.. None.Where(part => Facts(part).Count + Steps(part).Count == 0)],
        },
        Backup = [.. Steps(PlanPart.Backup)],
        Deployment = [.. Steps(PlanPart.Deployment)],
        Verification = [.. Steps(PlanPart.Verification)],
        Rollback = [.. Steps(PlanPart.Rollback)],
        Places = [.. Places.OrderBy(place => place.Key).Select(place => new PlanPlace(place.Key, place.Value.Line, place.Value.Column))],
    };
}
