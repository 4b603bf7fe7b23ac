namespace ReleaseTasks.Sandbox.GitHub;

/// <summary>One answer of the REST API.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Body">Written as JSON as it is; null: no body at all.</param>
internal sealed record GitHubAnswer(int Status, object? Body)
{
    public static GitHubAnswer NoContent { get; } = new(204, null);

    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>For the few answers that aren't JSON.</summary>
    public string ContentType { get; init; } = "application/json; charset=utf-8";

    public static GitHubAnswer Ok(object body) => new(200, body);

    public static GitHubAnswer Created(object body) => new(201, body);
}
