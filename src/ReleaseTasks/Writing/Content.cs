using ReleaseTasks.Plans;

namespace ReleaseTasks.Writing;

/// <summary>What is to stand in a pull request, before it is known what stands there.</summary>
internal sealed record Content
{
    public bool IsWorkInProgress { get; init; }

    /// <summary>The description that <c>--plan</c> names; null for none.</summary>
    public Description? File { get; init; }

    /// <summary>The parts that were given or answered, in their author's words.</summary>
    public IReadOnlyDictionary<PlanPart, string> Parts { get; init; } = new Dictionary<PlanPart, string>();

    public IReadOnlyList<CodeQuestion> Questions { get; init; } = [];

    /// <summary>The parts that are neither here nor in the description as it is now.</summary>
    public IEnumerable<Section> Missing(string? current)
    {
        var filled = Filled(current);
        return Section.All.Where(section => filled.Lacks(section.Part) && (section.Part == PlanPart.OriginalIssue || !IsWorkInProgress));
    }

    /// <param name="current">The description as it is now: what isn't given stays, as people have left it. Null for a new pull request.</param>
    public string Render(string? current) => WorkInProgress.Body(Filled(current).Markdown, IsWorkInProgress, Questions);

    private Description Filled(string? current)
    {
        var start = current is { Length: > 0 }
            ? File is null ? new(current) : new Description(current).With(File)
            : File ?? Description.Empty;
        return Parts.Aggregate(start, (description, part) => description.With(part.Key, part.Value));
    }
}
