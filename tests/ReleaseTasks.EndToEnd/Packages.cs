using System.IO.Compression;

namespace ReleaseTasks.EndToEnd;

/// <summary>The packed packages, as a repository that isn't this one meets them.</summary>
[Platform(Exclude = "Win")]
public sealed class Packages
{
    private Checkout checkout = null!;

    [OneTimeSetUp]
    public async Task Pack_once()
    {
        checkout = await Checkout.CreateAsync(default);
        var run = await checkout.RunAsync("--target=Pack");

        Assert.That(run.ExitCode, Is.Zero, run.ToString());
    }

    [OneTimeTearDown]
    public async Task Remove_the_checkout() => await checkout.DisposeAsync();

    [Test]
    public void Are_three()
    {
        string[] expected = ["Cake.Heroku.0.1.0.nupkg", "ReleaseTasks.0.1.0.nupkg", "ReleaseTasks.Sandbox.0.1.0.nupkg"];

        Assert.That(Directory.GetFiles(checkout.PathOf("artifacts")).Select(Path.GetFileName), Is.EquivalentTo(expected));
    }

    [Test]
    public void Carry_Cake_with_its_licence()
    {
        using var package = ZipFile.OpenRead(checkout.PathOf("artifacts", "ReleaseTasks.0.1.0.nupkg"));

        string[] expected = ["lib/net10.0/Cake.Core.dll", "lib/net10.0/Cake.Common.dll", "lib/net10.0/Cake.Frosting.dll", "licenses/Cake/LICENSE", "THIRD-PARTY-NOTICES.txt"];
        Assert.That(package.Entries.Select(entry => entry.FullName), Is.SupersetOf(expected));
    }

    [Test]
    public void Ask_for_no_package_that_can_not_be_restored()
    {
        using var package = ZipFile.OpenRead(checkout.PathOf("artifacts", "ReleaseTasks.0.1.0.nupkg"));
        using var nuspec = new StreamReader(package.GetEntry("ReleaseTasks.nuspec")!.Open());

        Assert.That(nuspec.ReadToEnd(), Does.Not.Contain("id=\"Cake.Frosting\"").And.Not.Contain("id=\"Cake.Core\""));
    }

    [TestCase("pyramid_bimt", "Deploy")]
    [TestCase("DMON", "WarnDashboards")]
    [TestCase("EBN", "Announce")]
    public async Task Make_a_release_tool_of_a_repository_with_a_screen_of_code(string repository, string task)
    {
        var run = await RunAsync(repository, "--description"); // --tree leaves dependees out, as Cake has it

        Assert.That(run, Has.Property("ExitCode").Zero.And.Property("Output").Contains(task), run.ToString());
    }

    [Test]
    public async Task Bring_the_sandbox_along()
    {
        var run = await RunAsync("EBN", "--target=Status");

        Assert.That(run.ExitCode, Is.Zero, run.ToString());
    }

    /// <summary>In a cache of its own, so that our packages can come from nowhere but the packing; the others come from where they were restored to.</summary>
    private async Task<Finished> RunAsync(string repository, string argument)
    {
        var folder = checkout.PathOf("tests", "consumers", repository);
        File.Copy(checkout.PathOf("build.sh"), Path.Combine(folder, "build.sh"), overwrite: true);
        var environment = new Dictionary<string, string?>(checkout.Environment)
        {
            ["NUGET_PACKAGES"] = checkout.PathOf("cache"),
            ["RestoreFallbackFolders"] = await GlobalPackagesAsync(),
        };
        return await Command.RunAsync(folder, Path.Combine(folder, "build.sh"), [argument], default, environment);
    }

    private static async Task<string> GlobalPackagesAsync()
    {
        var run = await Command.RunAsync(Repository.Root, "dotnet", ["nuget", "locals", "global-packages", "--list"], default);
        return run.Output.Split("global-packages: ")[1].Trim();
    }
}
