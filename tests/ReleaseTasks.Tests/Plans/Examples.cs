using System.Reflection;

namespace ReleaseTasks.Tests.Plans;

/// <summary>The procedure's own template and examples, word for word, and the plan of <c>docs/plan.md</c>.</summary>
internal static class Examples
{
    /// <summary>The plan with comments of <c>docs/plan.md</c>: the format's documentation is its first test.</summary>
    public static string Documented => Resource("docs.plan.md").Split("```Markdown\n")[1].Split("```\n")[0];

    public static string BasicTemplate => Read("basic-template.md");

    public static string Simple => Read("example-1.md");

    public static string ComplexMigration => Read("example-2.md");

    /// <summary>The procedure's second example with its step 7 put right and its point in time left to the tool.</summary>
    public static string Corrected => ComplexMigration
        .Replace("heroku addons:destroy HEROKU_POSTGRESQL_YELLOW", "heroku addons:destroy HEROKU_POSTGRESQL_SILVER", StringComparison.Ordinal)
        .Replace("--to '2013-10-21 15:52+00'", "--to now", StringComparison.Ordinal);

    private static string Read(string name) => Resource($"Plans.Examples.{name}");

    internal static string Resource(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
