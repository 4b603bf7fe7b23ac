namespace ReleaseTasks.Monitoring;

/// <summary>A part of a log.</summary>
/// <param name="Lines">Oldest first.</param>
/// <param name="Gap">Why lines may be missing; null where none are. Then no errors is no good news.</param>
public sealed record LogExcerpt(IReadOnlyList<LogLine> Lines, string? Gap = null);
