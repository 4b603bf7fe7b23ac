namespace ReleaseTasks.Gates;

/// <summary>A gate's answer, under its name.</summary>
internal sealed record GateResult(string Gate, GateAnswer Answer)
{
    public bool IsOpen => Answer is GateAnswer.Open;

    /// <summary>One line for the operator.</summary>
    public override string ToString() => Answer switch
    {
        GateAnswer.Closed closed => $"gate '{Gate}' is closed: {closed.Reason} {closed.Remedy}",
        GateAnswer.Open { Warning: { } warning } open => $"gate '{Gate}' is open: {open.Because} Mind: {warning}",
        GateAnswer.Open open => $"gate '{Gate}' is open: {open.Because}",
        _ => throw new InvalidOperationException("A gate's answer is open or closed."),
    };
}
