namespace ReleaseTasks.Plans;

/// <summary>
/// A roll-out plan as the procedure's template has it, to value and back. The format is described in <c>docs/plan.md</c>.
/// </summary>
public static partial class PlanMarkdown
{
    /// <summary>Reads a description. Never throws: what can't be read is in the problems.</summary>
    /// <param name="markdown">A pull request's body, or a file.</param>
    /// <param name="recognisers">What the project understands beside the procedure's own words.</param>
    public static PlanReading Parse(string markdown, params IReadOnlyList<IStepRecogniser> recognisers)
    {
        if (markdown.Length > PlanDocument.MaxLength)
        {
            return new()
            {
                Problems = [new(1, 1, $"The description has {markdown.Length} characters; GitHub takes {PlanDocument.MaxLength}.", "Move logs and long texts into a comment or a linked issue.")],
            };
        }

        return Walk(markdown, recognisers) is { } walk
            ? walk.Reading()
            : new() { Problems = [new(1, 1, $"The description is nested too deep to be read, or has more than {PlanDocument.MaxLines} lines.", "Write the steps as one list a section, with at most one list inside it, and link long texts.")] };
    }

    private static PlanWalk? Walk(string markdown, IReadOnlyList<IStepRecogniser> recognisers)
    {
        var source = new SourceText(markdown);
        if (PlanDocument.Parse(source) is not { } document)
        {
            return null;
        }

        var walk = new PlanWalk(source, new StepReader(recognisers));
        walk.Walk(document);
        return walk;
    }
}
