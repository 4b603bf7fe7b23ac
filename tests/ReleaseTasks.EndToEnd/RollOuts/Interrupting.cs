using System.Text.Json.Nodes;

namespace ReleaseTasks.EndToEnd.RollOuts;

/// <summary>A roll-out that is stopped in the middle, and the same command again.</summary>
[Platform(Exclude = "Win")]
public sealed class Interrupting
{
    [TestCase("INT")]
    [TestCase("TERM")]
    public async Task By_a_signal_stops_at_a_safe_point_and_can_be_resumed(string signal)
    {
        await using var checkout = await Checkout.CreateAsync(default);
        var deploy = checkout.Start("--target=Deploy");
        await deploy.PrintedAsync("Release", default);

        await deploy.SignalAsync(signal, default);
        var stopped = await deploy.FinishedAsync(default);
        var resumed = await checkout.RunAsync("--target=Deploy");

        Assert.That(stopped.ExitCode, Is.EqualTo(130), stopped.ToString());
        Assert.That(stopped.Output, Does.Contain("sushi-pr3 is under way, and stopped: interrupted by a signal").And.Contain("Next: ./build.sh --target=Deploy"));
        await AssertDoneOnceAsync(checkout, resumed);
    }

    [Test]
    public async Task By_the_power_leaves_nothing_that_the_same_command_does_not_finish()
    {
        await using var checkout = await Checkout.CreateAsync(default);
        var deploy = checkout.Start("--target=Deploy");
        await deploy.PrintedAsync("MaintenanceOn", default);

        await deploy.SignalAsync("KILL", default);
        await deploy.FinishedAsync(default);
        var resumed = await checkout.RunAsync("--target=Deploy");

        await AssertDoneOnceAsync(checkout, resumed);
    }

    [Test]
    [Platform("Linux")]
    public async Task By_Ctrl_C_on_a_terminal_ends_the_run_and_no_work_of_the_database_beside_it()
    {
        Machine.NeedsPostgreSql();
        await using var checkout = await Checkout.CreateAsync(default);
        var deploy = checkout.StartInFront("--target=Deploy");
        await Processes.RunningAsync(IsBaseBackup, "The rollback database's base backup");

        await deploy.SignalGroupAsync("INT", default);
        var stopped = await deploy.FinishedAsync(default);
        var resumed = await checkout.RunAsync("--target=Deploy");

        Assert.That(stopped.ExitCode, Is.EqualTo(130), stopped.ToString());
        Assert.That(stopped.Output, Does.Not.Contain("Sandbox:"), "nothing of the sandbox's own has failed");
        await AssertDoneOnceAsync(checkout, resumed);
    }

    [TestCase("CreateRollbackDb")]
    [TestCase("MergePullRequest")]
    [TestCase("Release")]
    public async Task By_the_death_of_the_database_s_server_leaves_nothing_that_the_same_command_does_not_finish(string task)
    {
        Machine.NeedsPostgreSql();
        await using var checkout = await Checkout.CreateAsync(default);
        var deploy = checkout.Start("--target=Deploy");
        await deploy.PrintedAsync(task, default);

        await KillPostmastersAsync(checkout);
        var first = await deploy.FinishedAsync(default);

        await AssertDoneOnceAsync(checkout, first.ExitCode == 0 ? first : await checkout.RunAsync("--target=Deploy"));
    }

    private static bool IsBaseBackup(RunningProcess process) =>
        process.Program == "pg_basebackup" && process.CommandLine.Contains("sushi-pr3-rollback.base", StringComparison.Ordinal);

    private static async Task KillPostmastersAsync(Checkout checkout)
    {
        var state = JsonNode.Parse(await File.ReadAllTextAsync(checkout.PathOf(".sandbox", "postgres.json")))!;
        var ids = Directory.GetDirectories(state["Folder"]!.GetValue<string>()).Select(cluster => Path.Combine(cluster, "postmaster.pid"))
            .Where(File.Exists).Select(file => File.ReadLines(file).First()).ToList();
        Assert.That(ids, Is.Not.Empty);
        await Command.RunAsync("/", "kill", ["-KILL", .. ids], default);
    }

    private static async Task AssertDoneOnceAsync(Checkout checkout, Finished resumed)
    {
        Assert.That(resumed.ExitCode, Is.Zero, resumed.ToString());
        Assert.That(resumed.Output, Does.Contain("sushi-pr3 is finished"));
        await using var witness = await Witness.OfAsync(checkout);
        var releases = (await witness.HerokuApiAsync("/apps/sushi/releases")).AsArray();
        var merge = (await witness.GitHubApiAsync("/repos/zupo/sushi/pulls/3"))["merge_commit_sha"]!.GetValue<string>();
        Assert.That(releases.Count(release => release!["description"]!.GetValue<string>() == $"Deploy {merge[..7]}"), Is.EqualTo(1), "one release of the merge commit");
        Assert.That((await witness.HerokuApiAsync("/apps/sushi"))["maintenance"]!.GetValue<bool>(), Is.False);
        Assert.That((await witness.HerokuApiAsync("/apps/sushi/addons")).AsArray(), Has.Count.EqualTo(2), "one rollback database");
        Assert.That((await witness.ChatAsync()).AsArray(), Has.Count.EqualTo(1), "one notification");
        await witness.EndAsync();
    }
}
