using Cake.Core;
using Cake.Core.Composition;
using Cake.Core.IO;
using Cake.Core.Packaging;
using Cake.Frosting.Tests.Running;
using Microsoft.Extensions.DependencyInjection;

namespace Cake.Frosting.Tests;

public sealed class Services
{
    public sealed class Work : Told;

    public sealed class Seed(string name)
    {
        public string Name => name;
    }

    public sealed class Plant(Story story, Seed seed) : FrostingTask
    {
        public override void Run(ICakeContext context) => story.Add(seed.Name);
    }

    public sealed class Startup : IFrostingStartup
    {
        public void Configure(IServiceCollection services) => services.AddSingleton(new Seed("from the start-up"));
    }

    public sealed class Module : ICakeModule
    {
        public void Register(ICakeContainerRegistrar registrar) => registrar.RegisterInstance(new Seed("from the module")).AsSelf();
    }

    /// <summary>Installs <c>crate:?package=…</c>.</summary>
    public sealed class Crates(Story story, IFileSystem files) : IPackageInstaller
    {
        public bool CanInstall(PackageReference package, PackageType type) => package.Scheme == "crate" && type == PackageType.Tool;

        public IReadOnlyCollection<IFile> Install(PackageReference package, PackageType type, DirectoryPath path)
        {
            story.Add($"{package.Package} into {path.GetDirectoryName()}");
            return [files.GetFile(package.Package)];
        }
    }

    public sealed class Installer(Story story) : IToolInstaller
    {
        public void Install(PackageReference tool) => story.Add($"installed {tool.Package}");
    }

    public sealed class BrokenInstaller : IToolInstaller
    {
        public void Install(PackageReference tool) => throw (tool.Scheme switch
        {
            "aggregate" => new AggregateException(new CakeException(42, "together")),
            "zero" => new CakeException(0, "nothing"),
            "plain" => new InvalidOperationException("plain"),
            _ => new CakeException(42, "alone"),
        });
    }

    [Test]
    public void Come_from_a_start_up_class()
    {
        Assert.That(Build.Of(typeof(Plant)).With(host => host.UseStartup<Startup>()).Run("--target=Plant").Story, Is.EqualTo(["from the start-up"]));
    }

    [Test]
    public void Come_from_a_module()
    {
        Assert.That(Build.Of(typeof(Plant)).With(host => host.UseModule<Module>()).Run("--target=Plant").Story, Is.EqualTo(["from the module"]));
    }

    [Test]
    public void Are_the_last_ones_registered()
    {
        var build = Build.Of(typeof(Plant)).With(host => host
            .UseStartup<Startup>()
            .ConfigureServices(services => services.AddSingleton(new Seed("from the end"))));

        Assert.That(build.Run("--target=Plant").Story, Is.EqualTo(["from the end"]));
    }

    [Test]
    public void Install_tools_before_the_run()
    {
        var build = Build.Of(typeof(Work)).With(host => host
            .UsePackageInstaller<Crates>()
            .SetToolPath("./toolbox")
            .InstallTool(new Uri("crate:?package=hammer"))
            .InstallTool(new Uri("crate:?package=saw"))
            .UseSetup<Narrator>());

        Assert.That(build.Run("--target=Work").Story, Is.EqualTo(["hammer into toolbox", "saw into toolbox", "set up Work for Work", "Work"]));
    }

    [Test]
    public void May_replace_the_tool_installer()
    {
        var build = Build.Of(typeof(Work)).With(host => host
            .InstallTool(new Uri("crate:?package=hammer"))
            .ConfigureServices(services => services.AddSingleton<IToolInstaller, Installer>()));

        Assert.That(build.Run("--target=Work").Story, Is.EqualTo(["installed hammer", "Work"]));
    }

    [Test]
    public void Refuse_a_tool_that_nobody_can_install()
    {
        var run = Build.Of(typeof(Work)).With(host => host.InstallTool(new Uri("crate:?package=hammer"))).Run("--target=Work");

        Assert.That(run.Errors, Does.StartWith("Error:").And.Contain("crate"));
        Assert.That(run.Story, Is.Empty);
        Assert.That(run.ExitCode, Is.EqualTo(1));
    }

    [TestCase("alone", 42)]
    [TestCase("aggregate", 42)]
    [TestCase("zero", 0)]
    [TestCase("plain", 1)]
    public void Decide_the_exit_code_where_they_fail_before_the_run(string scheme, int exitCode)
    {
        var build = Build.Of(typeof(Work)).With(host => host
            .InstallTool(new Uri($"{scheme}:?package=hammer"))
            .ConfigureServices(services => services.AddSingleton<IToolInstaller, BrokenInstaller>()));

        Assert.That(build.Run("--target=Work").ExitCode, Is.EqualTo(exitCode));
    }
}
