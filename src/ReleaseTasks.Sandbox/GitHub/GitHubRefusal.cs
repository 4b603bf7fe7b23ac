namespace ReleaseTasks.Sandbox.GitHub;

/// <summary>GitHub says no: the status and the error body that a client gets.</summary>
internal sealed class GitHubRefusal(int status, string message, params object[] errors) : Exception(message)
{
    private const string Documentation = "https://docs.github.com/rest";

    /// <summary>More headers of the answer: when to come back.</summary>
    public Dictionary<string, string> Headers { get; } = [];

    public GitHubAnswer Answer => new(status, errors.Length == 0
        ? new { message = Message, documentation_url = Documentation, status = $"{status}" }
        : new { message = Message, errors, documentation_url = Documentation, status = $"{status}" })
    {
        Headers = Headers,
    };

    /// <summary>There's no such thing, or the viewer may not see it: GitHub doesn't tell which.</summary>
    public static GitHubRefusal NotFound() => new(404, "Not Found");

    /// <summary>A field whose value the resource can't have.</summary>
    public static GitHubRefusal Invalid(string resource, string field, string code = "invalid") =>
        new(422, "Validation Failed", new { resource, field, code });

    /// <summary>A rule of the resource, in words.</summary>
    public static GitHubRefusal Custom(string resource, string message) => new(422, "Validation Failed", new { resource, code = "custom", message });

    /// <summary>The body doesn't fit the description of the request.</summary>
    public static GitHubRefusal Malformed(string what) => new(422, $"Invalid request.\n\n{what}");
}
