namespace ReleaseTasks.Options;

/// <summary>Where the app reports its errors.</summary>
public sealed record ErrorOptions
{
    /// <summary><c>none</c> or <c>sentry</c>. Default: <c>none</c>.</summary>
    public ErrorProvider Provider { get; init; } = ErrorProvider.None;

    /// <summary>Its slug on Sentry. Required there.</summary>
    public string Organization { get; init; } = "";

    /// <summary>Its numeric id on Sentry, from the project's settings. Required there.</summary>
    public string Project { get; init; } = "";

    /// <summary>As the app names it when it reports. Default: <c>production</c>.</summary>
    public string Environment { get; init; } = "production";

    internal IEnumerable<string> Problems()
    {
        if (Provider == ErrorProvider.Sentry && (Organization.Length == 0 || Project.Length == 0))
        {
            yield return "errors: provider 'sentry' needs organization and project.";
        }

        if (Environment.Length == 0)
        {
            yield return "errors/environment: must not be empty.";
        }
    }
}

public enum ErrorProvider
{
    None,
    Sentry,
}
