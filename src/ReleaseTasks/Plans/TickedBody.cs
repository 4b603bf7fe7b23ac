namespace ReleaseTasks.Plans;

/// <summary>A description after an attempt to tick one box of it.</summary>
/// <param name="Body">To be written back where it differs from what was read.</param>
/// <param name="LeftAlone">Why nothing was ticked, for a person; null where the box is ticked now.</param>
public sealed record TickedBody(string Body, string? LeftAlone = null);
