using ReleaseTasks.GitHub;
using ReleaseTasks.Plans;

namespace ReleaseTasks.Running;

/// <summary>What the lint found, as a check run on the pull request's head.</summary>
internal static class PlanCheck
{
    public const string Name = "Roll-out plan";

    /// <param name="source">A description isn't a file: its remarks stand at <c>#3</c>.</param>
    public static CheckReport Report(CommitSha head, string source, IReadOnlyList<PlanProblem> problems)
    {
        var errors = problems.Count(problem => problem.Severity == PlanSeverity.Error);
        return new()
        {
            Name = Name,
            Commit = head,
            Passed = errors == 0,
            Title = errors == 0 ? "Nothing to put right" : $"{errors} {(errors == 1 ? "problem" : "problems")} to put right",
            Summary = problems.Count == 0 ? "The plan can be carried out." : string.Join('\n', problems.Select(problem => $"- {problem.Render(source)}")),
            Annotations = [.. problems.Select(problem => Remark(source, problem))],
        };
    }

    private static Annotation Remark(string source, PlanProblem problem) => new(
        source,
        problem.Line,
        $"{problem.What} {problem.Instead}".TrimEnd(),
        problem.Severity switch
        {
            PlanSeverity.Error => AnnotationLevel.Failure,
            PlanSeverity.Warning => AnnotationLevel.Warning,
            _ => AnnotationLevel.Notice,
        });
}
