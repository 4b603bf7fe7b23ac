namespace ReleaseTasks.Options;

/// <summary>Which reviews count.</summary>
public sealed record ApprovalOptions
{
    /// <summary>Whether an approval of an earlier head counts. Default: false; it was given to other code.</summary>
    public bool CountStale { get; init; }

    /// <summary>Status and check names that must be green on the head. Default: none.</summary>
    public IReadOnlyList<string> RequiredChecks { get; init; } = [];
}
