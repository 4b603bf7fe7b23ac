namespace ReleaseTasks.Plans;

/// <summary>Something in a plan that a person should put right: where, what, and what to write instead. Never holds a secret.</summary>
/// <param name="Line">Counted from 1.</param>
/// <param name="Column">Counted from 1.</param>
/// <param name="What">One sentence, with its full stop.</param>
/// <param name="Instead">What to write instead, a sentence too.</param>
/// <param name="Severity">An error closes the way to <c>Deploy</c>, a warning is only shown.</param>
public sealed record PlanProblem(int Line, int Column, string What, string Instead, PlanSeverity Severity = PlanSeverity.Error)
{
    /// <summary>As a compiler would write it; <paramref name="source"/> is a file's path or <c>#123</c>.</summary>
    public string Render(string source) => $"{source}:{Line}:{Column}: {(Severity == PlanSeverity.Warning ? "warning: " : "")}{What} {Instead}";

    public override string ToString() => Render("plan");
}

public enum PlanSeverity
{
    Error,
    Warning,
}
