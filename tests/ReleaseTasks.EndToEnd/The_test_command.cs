namespace ReleaseTasks.EndToEnd;

/// <summary><c>./build.sh --target=Test</c> where it isn't watched: in the background, and when it's told to stop.</summary>
[Platform("Linux")]
public sealed class The_test_command
{
    private const string InterruptsAndIsInterrupted = "FullyQualifiedName~Interrupting.By_a_signal";

    private static readonly string[] Test = ["--target=Test", "--exclusive", $"--tests={InterruptsAndIsInterrupted}"];
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    private Checkout _checkout = null!;

    [SetUp]
    public async Task Copy_the_checkout_with_what_is_compiled_of_this_project_alone()
    {
        _checkout = await Checkout.CreateAsync(default);
        var ours = Path.Combine("tests", "ReleaseTasks.EndToEnd");
        foreach (var other in Directory.GetDirectories(_checkout.PathOf("tests")).Where(folder => Path.GetFileName(folder) != Path.GetFileName(ours)))
        {
            Directory.Delete(other, recursive: true);
        }

        foreach (var compiled in new[] { "bin", "obj" })
        {
            Directory.CreateSymbolicLink(_checkout.PathOf(ours, compiled), Repository.PathOf(ours, compiled));
        }

        await Command.RunAsync(_checkout.Folder, "git", ["init", "--quiet"], default); // its tests copy what git lists
    }

    [TearDown]
    public async Task Remove_the_copy() => await _checkout.DisposeAsync();

    [Test]
    public async Task Interrupts_what_it_tests_though_a_shell_made_it_deaf_to_interrupts_in_the_background()
    {
        var shell = _checkout.StartProgram("bash", ["-c", "./build.sh \"$@\" & wait $!", "--", .. Test]);

        var ended = await shell.FinishedAsync(default);

        Assert.That((ended.ExitCode, ended.LastLine), Is.EqualTo((0, "2 passed, 0 failed, 0 skipped")), ended.ToString());
    }

    [Test]
    public async Task Ends_soon_after_it_is_told_to_with_all_that_it_started()
    {
        Machine.NeedsPostgreSql();
        var test = _checkout.Start(Test);
        await Processes.RunningAsync(process => process.Program == "postgres" && Processes.Below(test.Id).Contains(process), "A database");
        var started = Processes.Below(test.Id);

        var told = TimeProvider.System.GetTimestamp();
        await test.SignalAsync("TERM", default);
        var ended = await test.FinishedAsync(default);

        Assert.That(ended.ExitCode, Is.EqualTo(130), ended.ToString());
        Assert.That(TimeProvider.System.GetElapsedTime(told), Is.LessThan(Limit));
        Assert.That(started.Where(process => process.IsAlive), Is.Empty);
    }
}
