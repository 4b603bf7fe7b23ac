namespace ReleaseTasks.GitHub;

/// <summary><c>owner/name</c></summary>
public sealed record RepositoryName(string Owner, string Name)
{
    /// <summary>Reads <c>owner/name</c>; null where it isn't that.</summary>
    public static RepositoryName? Parse(string text) =>
        text.Split('/') is [{ Length: > 0 } owner, { Length: > 0 } name] ? new(owner, name) : null;

    public override string ToString() => $"{Owner}/{Name}";
}
