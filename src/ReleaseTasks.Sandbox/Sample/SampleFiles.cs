namespace ReleaseTasks.Sandbox.Sample;

/// <summary>The files of the sample repository <c>sushi</c>, which are part of this assembly.</summary>
internal static class SampleFiles
{
    private const string Root = "Sample/files/";

    /// <summary>The whole of the branch <c>master</c>, by path.</summary>
    public static IReadOnlyDictionary<string, string> Master { get; } = Read("master/");

    /// <summary>What the branch <c>remove-username</c> changes and adds.</summary>
    public static IReadOnlyDictionary<string, string> RemoveUsername { get; } = Read("remove-username/");

    /// <summary>The description of pull request #2, after the first example of the release procedure.</summary>
    public static string WiderNavigation { get; } = Read("pull-request-2")[".md"];

    /// <summary>
    /// The description of pull request #3: the procedure's second example, with the last step's database put right and the point in
    /// time left to the tool.
    /// </summary>
    public static string RemovalOfUsername { get; } = Read("pull-request-3")[".md"];

    private static Dictionary<string, string> Read(string start)
    {
        var assembly = typeof(SampleFiles).Assembly;
        var prefix = Root + start;
        return assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(prefix, StringComparison.Ordinal))
            .ToDictionary(name => name[prefix.Length..], name => Text(assembly.GetManifestResourceStream(name)!));
    }

    private static string Text(Stream resource)
    {
        using var reader = new StreamReader(resource);
        return reader.ReadToEnd();
    }
}
