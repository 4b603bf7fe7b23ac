using System.Text.RegularExpressions;

namespace ReleaseTasks.Plans;

/// <summary>One line of a plan: what it asks for, and how and where its author wrote it.</summary>
/// <param name="Work">What to do, typed where it was recognised.</param>
/// <param name="Words">The author's words, command included, without the box and the number; its lines are joined by <c>\n</c>. May hold a secret: show <see cref="Title"/>.</param>
/// <param name="Ticked">Whether its box was ticked when the plan was read.</param>
/// <param name="Line">Where it stands, counted from 1.</param>
/// <param name="Column">Where its words begin, counted from 1.</param>
public sealed partial record PlannedStep(Work Work, string Words, bool Ticked = false, int Line = 0, int Column = 0)
{
    /// <summary>A line may ask for several things ("Monitor papertrail and getsentry"), each a step of its own: this is the n-th, from 1.</summary>
    public int Part { get; init; } = 1;

    /// <summary>How many steps the line became. Its one box is ticked with the last of them.</summary>
    public int Parts { get; init; } = 1;

    /// <summary>Its words in one line, without secrets and the values of config vars.</summary>
    public string Title => PlanSecrets.Masked(Blanks().Replace(Words, " "));

    /// <summary>Without <see cref="Words"/>: they may hold a secret.</summary>
    public override string ToString() => $"{Line}:{Column}: {Work.Kind}: {Title}";

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
