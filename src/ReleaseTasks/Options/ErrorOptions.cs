namespace ReleaseTasks.Options;

/// <summary>Where the app reports its errors.</summary>
public sealed record ErrorOptions
{
    /// <summary><c>none</c> or <c>sentry</c>. Default: <c>none</c>.</summary>
    public ErrorProvider Provider { get; init; } = ErrorProvider.None;

    public string Organization { get; init; } = "";

    public string Project { get; init; } = "";

    internal IEnumerable<string> Problems()
    {
        if (Provider == ErrorProvider.Sentry && (Organization.Length == 0 || Project.Length == 0))
        {
            yield return "errors: provider 'sentry' needs organization and project.";
        }
    }
}

public enum ErrorProvider
{
    None,
    Sentry,
}
