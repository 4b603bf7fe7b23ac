namespace ReleaseTasks.Gates;

/// <summary>Open, or closed because … A closed set.</summary>
internal abstract record GateAnswer
{
    private GateAnswer()
    {
    }

    /// <param name="Because">What was found.</param>
    /// <param name="Warning">What deserves a thought all the same; null where nothing does.</param>
    public sealed record Open(string Because, string? Warning = null) : GateAnswer;

    /// <param name="Reason">What was found, with the values.</param>
    /// <param name="Remedy">What to do.</param>
    public sealed record Closed(string Reason, string Remedy) : GateAnswer;
}
