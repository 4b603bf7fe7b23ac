using PublicApiGenerator;

namespace Cake.Heroku.Tests;

public sealed class PublicApi
{
    [Test]
    public void Is_as_approved()
    {
        var actual = typeof(IHerokuApi).Assembly
            .GeneratePublicApi(new ApiGeneratorOptions
            {
                IncludeAssemblyAttributes = false,
                ExcludeAttributes = ["System.Runtime.CompilerServices.CompilerGeneratedAttribute"],
            })
            .ReplaceLineEndings("\n")
            .TrimEnd('\n');
        var approved = Path.Combine(Places.TestDirectory, "PublicApi.approved.txt");
        var received = Path.Combine(Places.TestDirectory, "PublicApi.received.txt");

        File.WriteAllText(received, actual + "\n");
        Assert.That(approved, Does.Exist, $"Look at {received}");
        Assert.That(actual, Is.EqualTo(File.ReadAllText(approved).ReplaceLineEndings("\n").TrimEnd('\n')), $"Look at {received}");
        File.Delete(received);
    }
}
