namespace ReleaseTasks.Plans;

/// <summary>Something in a plan that a person should put right: where, what, and what to write instead. Never holds a secret.</summary>
/// <param name="Line">Counted from 1.</param>
/// <param name="Column">Counted from 1.</param>
/// <param name="What">One sentence, with its full stop.</param>
/// <param name="Instead">What to write instead, a sentence too.</param>
/// <param name="Severity">An error closes the way to <c>Deploy</c>; the others are only shown.</param>
public sealed record PlanProblem(int Line, int Column, string What, string Instead, PlanSeverity Severity = PlanSeverity.Error)
{
    /// <summary>As a compiler would write it; <paramref name="source"/> is a file's path or <c>#123</c>.</summary>
    public string Render(string source) => $"{source}:{Line}:{Column}: {Prefix}{What} {Instead}".TrimEnd();

    public override string ToString() => Render("plan");

    private string Prefix => Severity switch
    {
        PlanSeverity.Warning => "warning: ",
        PlanSeverity.Note => "note: ",
        _ => "",
    };
}

public enum PlanSeverity
{
    Error,
    Warning,

    /// <summary>Nothing to put right: something that the reader should know.</summary>
    Note,
}
