using System.Text.Json;

namespace ReleaseTasks.EndToEnd;

/// <summary><c>-p:FrostingFromNuGet=true</c>: the genuine package in place of our project and of the assemblies from Cake.Tool, and nothing else.</summary>
/// <remarks>Evaluated, not restored: the package isn't on every feed.</remarks>
public sealed class TheFrostingSwitch
{
    private static readonly string[] CakeTool = ["Cake.Tool"];

    [TestCase("build")]
    [TestCase("src/ReleaseTasks")]
    [TestCase("tests/ReleaseTasks.Tests")]
    public async Task Exchanges_project_and_assemblies_for_the_package(string project)
    {
        var ours = await ItemsAsync(project, fromNuGet: false);
        var genuine = await ItemsAsync(project, fromNuGet: true);

        Assert.Multiple(() =>
        {
            Assert.That(ours["ProjectReference"], Has.Some.EndsWith("Cake.Frosting.csproj"));
            Assert.That(ours["Reference"], Does.Contain("Cake.Core").And.Contain("Cake.Common"));
            Assert.That(ours["PackageDownload"], Is.EqualTo(CakeTool));
            Assert.That(ours["PackageReference"], Has.None.AnyOf("Cake.Frosting", "Cake.Core", "Cake.Common", "Cake.Cli"));

            Assert.That(genuine["ProjectReference"], Has.None.EndsWith("Cake.Frosting.csproj"));
            Assert.That(genuine["Reference"], Has.None.StartsWith("Cake."));
            Assert.That(genuine["PackageDownload"], Is.Empty);
            Assert.That(genuine["PackageReference"], Does.Contain("Cake.Frosting"));
        });
    }

    [Test]
    public async Task Leaves_our_own_Frosting_as_it_is()
    {
        var ours = await ItemsAsync("src/Cake.Frosting", fromNuGet: false);
        var genuine = await ItemsAsync("src/Cake.Frosting", fromNuGet: true);

        Assert.That(genuine, Is.EqualTo(ours));
    }

    [Test]
    public async Task Has_lock_files_and_a_package_name_of_its_own()
    {
        var genuine = (await AskAsync("src/ReleaseTasks", "-getProperty:NuGetLockFilePath,PackageId", fromNuGet: true)).GetProperty("Properties");

        Assert.Multiple(() =>
        {
            Assert.That(genuine.GetProperty("NuGetLockFilePath").GetString(), Is.EqualTo("packages.frosting-from-nuget.lock.json"));
            Assert.That(genuine.GetProperty("PackageId").GetString(), Is.EqualTo("ReleaseTasks.Unbundled"));
        });
    }

    private static async Task<Dictionary<string, string[]>> ItemsAsync(string project, bool fromNuGet)
    {
        var answer = await AskAsync(project, "-getItem:ProjectReference,Reference,PackageDownload,PackageReference", fromNuGet);
        return answer.GetProperty("Items").EnumerateObject().ToDictionary(
            kind => kind.Name,
            kind => kind.Value.EnumerateArray().Select(item => item.GetProperty("Identity").GetString()!).ToArray());
    }

    private static async Task<JsonElement> AskAsync(string project, string question, bool fromNuGet)
    {
        string[] arguments = ["msbuild", project, "-nologo", question, $"-p:FrostingFromNuGet={(fromNuGet ? "true" : "false")}"];
        var run = await Command.RunAsync(Repository.Root, "dotnet", arguments, default);
        Assert.That(run.ExitCode, Is.Zero, run.ToString());
        return JsonElement.Parse(run.Output);
    }
}
