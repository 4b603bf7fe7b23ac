namespace ReleaseTasks.GitHub;

/// <summary>What GitHub's two systems of checks say about one commit.</summary>
/// <param name="All">Statuses and check runs; a name may occur more than once, from several apps.</param>
/// <param name="Required">What the branch requires before a merge.</param>
public sealed record Checks(IReadOnlyList<Check> All, IReadOnlyList<RequiredCheck> Required);

/// <param name="Name">A status's context or a check run's name.</param>
/// <param name="App">The id of the GitHub app that it must come from; null where anybody's will do.</param>
public sealed record RequiredCheck(string Name, long? App)
{
    public bool IsMetBy(Check check) => check.Name == Name && (App is null || check.App == App);

    /// <summary><c>ci/rules</c>, or <c>ci/rules of app 15368</c></summary>
    public override string ToString() => App is null ? Name : $"{Name} of app {App}";
}

/// <summary>One status or check run.</summary>
/// <param name="Name">A status's context or a check run's name.</param>
/// <param name="State">What it means for us.</param>
/// <param name="Words">GitHub's own word, such as <c>timed_out</c>.</param>
/// <param name="App">The id of the GitHub app that it comes from; null for a person's.</param>
public sealed record Check(string Name, CheckState State, string Words, long? App);

public enum CheckState
{
    Waiting,
    Passed,
    Failed,
}
