namespace ReleaseTasks.GitHub;

/// <summary>Which GitHub, which repository, and as whom.</summary>
internal sealed record GitHubOptions
{
    public required RepositoryName Repository { get; init; }

    /// <summary>From <c>GITHUB_API_URL</c>, prefix such as <c>/api/v3</c> included. Default: <c>https://api.github.com</c>.</summary>
    public Uri Address { get; init; } = new("https://api.github.com");

    /// <summary>From <c>GITHUB_TOKEN</c>. A secret.</summary>
    public required string Token { get; init; }

    /// <summary>Without the token.</summary>
    public override string ToString() => $"{Repository} at {Address}";
}
