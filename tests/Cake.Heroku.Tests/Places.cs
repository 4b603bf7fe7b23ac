using System.Reflection;

namespace Cake.Heroku.Tests;

internal static class Places
{
    public static string TestDirectory { get; } = Metadata("TestDirectory");

    /// <summary>The addin as a script finds it: with all that it needs, and nothing of these tests, beside it.</summary>
    public static string Addin { get; } = Path.GetFullPath(Metadata("Addin"));

    public static string CakeRunner { get; } = Metadata("CakeRunner");

    /// <summary>A file of <c>../shared</c>, seen from the repository or a copy of it nearby; null where that is absent.</summary>
    public static string? Shared(string name)
    {
        for (var folder = new DirectoryInfo(TestDirectory); folder is not null; folder = folder.Parent)
        {
            var file = Path.Combine(folder.FullName, "shared", "reference", name);
            if (File.Exists(file))
            {
                return file;
            }
        }

        return null;
    }

    private static string Metadata(string key) =>
        typeof(Places).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == key).Value!;
}
