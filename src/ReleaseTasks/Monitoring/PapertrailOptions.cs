namespace ReleaseTasks.Monitoring;

internal sealed record PapertrailOptions
{
    /// <summary>From <c>PAPERTRAIL_URL</c>. Default: <c>https://papertrailapp.com</c>.</summary>
    public Uri Address { get; init; } = new("https://papertrailapp.com");

    /// <summary>From <c>PAPERTRAIL_API_TOKEN</c>. A secret.</summary>
    public required string Token { get; init; }

    /// <summary>The app's system there, id or name; null where the account has only this app.</summary>
    public string? System { get; init; }

    /// <summary>More words to search for, in Papertrail's grammar; null for every line.</summary>
    public string? Query { get; init; }

    /// <summary>Without the token.</summary>
    public override string ToString() => $"{System ?? "all systems"} at {Address}";
}
