namespace ReleaseTasks.Sandbox.Dynos;

/// <summary>All that a dyno needs to start.</summary>
/// <param name="App">The app's name.</param>
/// <param name="Name">The dyno's name; one that begins with <c>web.</c> is given a PORT.</param>
/// <param name="SlugDirectory">The checkout that it runs in.</param>
/// <param name="Command">What <c>bash -c</c> is given: a line of the Procfile, or the command of the API request.</param>
/// <param name="ConfigVars">The app's config vars, its environment.</param>
internal sealed record DynoStart(string App, string Name, string SlugDirectory, string Command, IReadOnlyDictionary<string, string> ConfigVars)
{
    internal bool IsWeb => Name.StartsWith("web.", StringComparison.Ordinal);

    /// <summary>Without the config vars: their values are secrets.</summary>
    public override string ToString() => $"{Name} of {App}";
}
