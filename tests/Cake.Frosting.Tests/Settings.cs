using Cake.Frosting.Tests.Running;

namespace Cake.Frosting.Tests;

public sealed class Settings
{
    private string folder = null!;

    public sealed class Tell : FrostingTask<StoryContext>
    {
        public override void Run(StoryContext context)
        {
            context.Story.Add(context.Configuration.GetValue("Some_Key") ?? "none");
            context.Story.Add(context.Configuration.GetValue("Paths_Tools") ?? "none");
            context.Story.Add(context.Environment.WorkingDirectory.FullPath);
            context.Story.Add($"{context.Log.Verbosity}");
        }
    }

    private static Build Build => Build.Of(typeof(Tell));

    [SetUp]
    public void CreateFolder() => folder = Directory.CreateTempSubdirectory("frosting").FullName;

    [TearDown]
    public void Clean()
    {
        Environment.SetEnvironmentVariable("CAKE_SOME_KEY", null);
        Directory.Delete(folder, recursive: true);
    }

    [Test]
    public void Come_from_the_host()
    {
        var run = Build.With(host => host.UseCakeSetting("Some_Key", "host").SetToolPath("./here")).Run("--target=Tell");

        Assert.That(run.Story[0], Is.EqualTo("host"));
        Assert.That(run.Story[1], Is.EqualTo("here"));
    }

    [Test]
    public void Are_overridden_by_environment_then_file_then_arguments()
    {
        var build = Build.With(host => host.UseCakeSetting("Some_Key", "host").UseWorkingDirectory(folder));

        Environment.SetEnvironmentVariable("CAKE_SOME_KEY", "environment");
        build.Run("--target=Tell");
        File.WriteAllText(Path.Combine(folder, "cake.config"), "[Some]\nKey=file\n");
        build.Run("--target=Tell");
        var run = build.Run("--target=Tell", "--some_key=argument");

        Assert.That(run.Story.Where((_, line) => line % 4 == 0), Is.EqualTo(["environment", "file", "argument"]));
    }

    [TestCase("--working")]
    [TestCase("-w")]
    public void Include_a_working_directory_which_the_command_line_overrides(string option)
    {
        var build = Build.With(host => host.UseWorkingDirectory("not/there"));

        Assert.That(build.Run("--target=Tell", option, folder).Story[2], Is.EqualTo(folder));
    }

    [Test]
    public void Refuse_a_working_directory_that_is_missing()
    {
        var run = Build.With(host => host.UseWorkingDirectory("not/there").UseLifetime<Narrator>()).Run("--target=Tell");

        Assert.That(run.Errors, Does.Match("^Error: The working directory '/.*/not/there' does not exist.$"));
        Assert.That(run.Story, Is.Empty);
        Assert.That(run.ExitCode, Is.EqualTo(1));
    }

    [TestCase("--verbosity=quiet", "Quiet")]
    [TestCase("--verbosity=MINIMAL", "Minimal")]
    [TestCase("-v=normal", "Normal")]
    [TestCase("--verbosity=verbose", "Verbose")]
    [TestCase("-v=diagnostic", "Diagnostic")]
    [TestCase("--settings_verbosity=verbose", "Verbose")]
    [TestCase("--nothing", "Normal")]
    public void Include_the_verbosity(string option, string verbosity)
    {
        Assert.That(Build.Run("--target=Tell", option).Story[3], Is.EqualTo(verbosity));
    }

    [Test]
    public void Refuse_a_verbosity_that_does_not_exist()
    {
        var run = Build.With(host => host.UseCakeSetting("Settings_Verbosity", "loud")).Run("--target=Tell");

        Assert.That(run.Errors, Does.StartWith("Error:").And.Contain("loud"));
        Assert.That(run.ExitCode, Is.EqualTo(1));
    }
}
