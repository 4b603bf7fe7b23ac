namespace ReleaseTasks.EndToEnd;

/// <summary><c>build.sh</c> itself, on a program of a few lines that builds in seconds.</summary>
[Platform(Exclude = "Win")]
public sealed class Launcher
{
    private LaunchedProgram template = null!;
    private LaunchedProgram program = null!;

    [OneTimeSetUp]
    public async Task Build_the_program_once()
    {
        template = LaunchedProgram.Create();
        var built = await template.RunAsync("first");

        Assert.That(built, Has.Property("ExitCode").Zero.And.Property("Output").EqualTo("hello [first]\n"), built.ToString());
    }

    [OneTimeTearDown]
    public async Task Remove_the_template() => await template.DisposeAsync();

    [SetUp]
    public void Copy_the_template() => program = template.Copy();

    [TearDown]
    public async Task Remove_the_copy() => await program.DisposeAsync();

    [Test]
    public async Task Hands_on_every_argument_as_it_was_typed()
    {
        var run = await program.RunAsync("--name=a b", "", "*", "$HOME", "\"quoted\"", "it's", "--", "žlica");

        Assert.That(run.Output, Is.EqualTo("hello [--name=a b] [] [*] [$HOME] [\"quoted\"] [it's] [--] [žlica]\n"));
    }

    [TestCase(0)]
    [TestCase(3)]
    [TestCase(130)]
    public async Task Hands_back_the_exit_code(int code)
    {
        var run = await program.RunAsync("exit", $"{code}");

        Assert.That(run.ExitCode, Is.EqualTo(code));
    }

    [Test]
    public async Task Becomes_the_program_so_that_signals_reach_it()
    {
        var running = program.Start("wait");
        await running.PrintedAsync("waiting", default);

        await running.SignalAsync("TERM", default);

        Assert.That((await running.FinishedAsync(default)).ExitCode, Is.EqualTo(43));
    }

    [Test]
    public async Task Works_from_any_directory()
    {
        var run = await program.RunFromAsync("/", "there");

        Assert.That(run.Output, Is.EqualTo("hello [there]\n"));
    }

    [Test]
    public async Task Says_nothing_of_its_own_when_nothing_changed()
    {
        var run = await program.RunAsync("again");

        Assert.That(run.Errors, Is.Empty);
    }

    [Test]
    public async Task Builds_again_when_a_source_was_changed()
    {
        program.Write("build/Greeting.cs", "static class Greeting { public const string Word = \"good evening\"; }");

        var run = await program.RunAsync();

        Assert.That(run.Output, Is.EqualTo("good evening\n"));
    }

    [Test]
    public async Task Builds_again_when_a_source_was_removed()
    {
        program.Delete("build/Unneeded.cs");

        var run = await program.RunAsync();

        Assert.That(run, Has.Property("ExitCode").Zero.And.Property("Errors").Contains("Building"));
    }

    [Test]
    public async Task Never_runs_old_code_after_a_failed_build()
    {
        program.Write("build/Greeting.cs", "static class Greeting { public const string Word = 7; }");

        var run = await program.RunAsync();

        Assert.Multiple(() =>
        {
            Assert.That(run.ExitCode, Is.EqualTo(2));
            Assert.That(run.Output, Is.Empty);
            Assert.That(run.Errors, Does.Contain("Greeting.cs").And.Contain("CS0029").And.EndsWith("The compiler's errors are above.\n"));
            Assert.That(program.Folders, Has.Length.EqualTo(1), "the half-built folder is gone");
        });
    }

    [Test]
    public async Task Leaves_a_running_program_the_files_it_was_started_from()
    {
        var running = program.Start("wait");
        await running.PrintedAsync("waiting", default);
        var folder = program.Folders.Single();

        await program.ChangeAndRunAsync("second");
        await program.ChangeAndRunAsync("third");

        Assert.That(File.Exists(Path.Combine(folder, "Build.dll")), "two builds later");
        await running.SignalAsync("TERM", default);
        Assert.That((await running.FinishedAsync(default)).ExitCode, Is.EqualTo(43));
    }

    [Test]
    public async Task Removes_the_folders_that_nobody_uses()
    {
        var folder = program.Folders.Single();

        await program.ChangeAndRunAsync("second");
        await program.ChangeAndRunAsync("third");

        Assert.That(Directory.Exists(folder), Is.False);
    }

    [Test]
    public async Task Builds_once_when_started_twice_at_the_same_time()
    {
        program.Write("build/Greeting.cs", "static class Greeting { public const string Word = \"both\"; }");

        var runs = await Task.WhenAll(program.RunAsync(), program.RunAsync());

        Assert.Multiple(() =>
        {
            Assert.That(runs.Select(run => run.Output), Is.All.EqualTo("both\n"));
            Assert.That(runs.Count(run => run.Errors.Contains("Building", StringComparison.Ordinal)), Is.EqualTo(1));
        });
    }

    [Test]
    public async Task Does_without_native_code_where_its_compiler_can_not_be_restored()
    {
        program.Write("NuGet.config", "<configuration><packageSources><clear /></packageSources></configuration>");
        program.Write("build/Greeting.cs", "static class Greeting { public const string Word = \"slower\"; }");
        program.Environment["NUGET_PACKAGES"] = program.PathOf("no packages");

        var run = await program.RunAsync();

        Assert.That(run.Output, Is.EqualTo("slower\n"), run.ToString());
    }

    [Test]
    public async Task Says_what_to_install_where_there_is_no_SDK()
    {
        program.AskForSdk("99.0.100");

        var run = await program.RunAsync();

        Assert.Multiple(() =>
        {
            Assert.That(run.ExitCode, Is.EqualTo(2));
            Assert.That(run.Errors, Does.StartWith("The .NET SDK 99.0.100").And.Contain("DOTNET_INSTALL_SCRIPT="));
        });
    }

    [Test]
    public async Task Installs_the_SDK_into_the_checkout_with_the_script_it_is_given()
    {
        program.AskForSdk("99.0.100");
        program.Environment["DOTNET_INSTALL_SCRIPT"] = program.WriteFakeInstaller();

        var run = await program.RunAsync("exit");

        Assert.Multiple(() =>
        {
            Assert.That(run.Output, Is.EqualTo("the new SDK runs Build.dll exit\n"), run.ToString());
            Assert.That(File.Exists(program.PathOf(".dotnet", "dotnet")));
        });
    }
}
