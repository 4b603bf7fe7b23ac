using Cake.Frosting.Tests.Running;
using PublicApiGenerator;

namespace Cake.Frosting.Tests;

/// <summary>The approved text holds facts about the genuine assembly. It changes when those do, not when ours does.</summary>
public sealed class PublicApi
{
    private static string Ours => typeof(CakeHost).Assembly
        .GeneratePublicApi(new ApiGeneratorOptions { IncludeAssemblyAttributes = false })
        .ReplaceLineEndings("\n")
        .TrimEnd('\n');

    [Test]
    public void Is_that_of_the_genuine_assembly()
    {
        Approved.AssertSame("PublicApi", Ours);
    }

    /// <remarks>That list was made from 6.0.0. Nothing in it differs in 7.0.0, save the base class's new members, which it doesn't show.</remarks>
    [Test]
    [Category("Reference")]
    public void Is_that_of_the_reference_list()
    {
        var list = ReferenceList();
        Assume.That(list, Is.Not.Null, "The reference material is not on this machine.");

        var theirs = File.ReadAllLines(list!).SkipWhile(line => !line.StartsWith("namespace", StringComparison.Ordinal));
        Assert.That(Ours.Split('\n'), Is.EqualTo(theirs));
    }

    /// <summary><c>../shared</c>, seen from the repository or a copy of it nearby.</summary>
    private static string? ReferenceList()
    {
        for (var folder = new DirectoryInfo(Places.TestDirectory); folder is not null; folder = folder.Parent)
        {
            var list = Path.Combine(folder.FullName, "shared", "reference", "frosting-api.txt");
            if (File.Exists(list))
            {
                return list;
            }
        }

        return null;
    }
}
