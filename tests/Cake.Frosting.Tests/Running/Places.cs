using System.Reflection;

namespace Cake.Frosting.Tests.Running;

/// <summary>Where the build has put things.</summary>
internal static class Places
{
    public static string TestDirectory { get; } = Read(nameof(TestDirectory));

    public static string FixtureProgram { get; } = Read(nameof(FixtureProgram));

    private static string Read(string key) => typeof(Places).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == key).Value!;
}
