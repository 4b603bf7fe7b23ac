namespace ReleaseTasks.GitHub;

/// <summary>What GitHub's two systems of checks say about one commit.</summary>
/// <param name="All">Statuses and check runs; a name may occur more than once, from several apps.</param>
/// <param name="Required">The names that the branch requires before a merge.</param>
public sealed record Checks(IReadOnlyList<Check> All, IReadOnlyList<string> Required);

/// <summary>One status or check run.</summary>
/// <param name="Name">A status's context or a check run's name.</param>
/// <param name="State">What it means for us.</param>
/// <param name="Words">GitHub's own word, such as <c>timed_out</c>.</param>
public sealed record Check(string Name, CheckState State, string Words);

public enum CheckState
{
    Waiting,
    Passed,
    Failed,
}
