namespace ReleaseTasks.GitHub;

/// <summary>A ref's full name, such as <c>refs/release-locks/sushi</c>: GitHub demands <c>refs/</c> and two slashes.</summary>
public sealed record RefName
{
    public RefName(string name)
    {
        if (!name.StartsWith("refs/", StringComparison.Ordinal) || name.Split('/') is not { Length: >= 3 } parts || parts.Contains(""))
        {
            throw new ArgumentException($"'{name}' must look like 'refs/release-locks/sushi'.", nameof(name));
        }

        Name = name;
    }

    public string Name { get; }

    /// <summary>Without <c>refs/</c>, as the paths of GitHub's API want it.</summary>
    internal string Path => Name["refs/".Length..];

    public override string ToString() => Name;
}
