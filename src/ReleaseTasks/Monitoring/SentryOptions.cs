namespace ReleaseTasks.Monitoring;

internal sealed record SentryOptions
{
    /// <summary>From <c>SENTRY_URL</c>. Default: <c>https://sentry.io</c>.</summary>
    public Uri Address { get; init; } = new("https://sentry.io");

    /// <summary>
    /// From <c>SENTRY_AUTH_TOKEN</c>: an internal integration's, with <c>event:read</c> and <c>project:releases</c>. A secret.
    /// </summary>
    public required string Token { get; init; }

    public required string Organization { get; init; }

    /// <summary>The project's numeric id; null for all of the organization's.</summary>
    public string? Project { get; init; }

    public required string Environment { get; init; }

    /// <summary>Without the token.</summary>
    public override string ToString() => $"{Organization} at {Address}";
}
