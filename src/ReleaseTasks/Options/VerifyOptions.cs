namespace ReleaseTasks.Options;

/// <summary>How long and how often to ask a new release whether it is well.</summary>
public sealed record VerifyOptions
{
    /// <summary>Paths of the app that must answer 200. Default: <c>/</c>.</summary>
    public IReadOnlyList<string> SmokeTests { get; init; } = [];

    /// <summary>How long to keep asking. Default: 2 minutes.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>The pause between two questions. Default: 5 seconds.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(5);

    internal IReadOnlyList<string> Paths => SmokeTests.Count > 0 ? SmokeTests : ["/"];

    internal IEnumerable<string> Problems()
    {
        foreach (var path in SmokeTests.Where(path => !path.StartsWith('/')))
        {
            yield return $"verify/smokeTests: '{path}' must start with '/'.";
        }

        if (Interval <= TimeSpan.Zero || Interval > Timeout)
        {
            yield return $"verify/interval: {Interval} must be more than 0 and at most the timeout, {Timeout}.";
        }
    }
}
