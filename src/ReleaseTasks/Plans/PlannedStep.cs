namespace ReleaseTasks.Plans;

/// <summary>One line of a plan: what it asks for, and how and where its author wrote it.</summary>
/// <param name="Work">What to do, typed where it was recognised.</param>
/// <param name="Words">The author's words, command included, without the box and the number.</param>
/// <param name="Ticked">Whether its box was ticked when the plan was read.</param>
/// <param name="Line">Where it stands, counted from 1.</param>
/// <param name="Column">Where its words begin, counted from 1.</param>
public sealed record PlannedStep(Work Work, string Words, bool Ticked = false, int Line = 0, int Column = 0);
