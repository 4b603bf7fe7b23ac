namespace ReleaseTasks.EndToEnd.HerokuCli;

/// <summary>The procedure's commands about dynos and their log.</summary>
public sealed class TheCliAndDynos : CliTest
{
    [Test]
    public async Task Shows_and_scales_dynos_and_runs_one()
    {
        await Heroku.SucceedAsync("ps:scale", "worker=2");
        var dynos = await Heroku.SucceedAsync("ps");
        var detached = await Heroku.RunAsync("run:detached", "echo", "rice");
        await Heroku.UntilAsync(_ => Heroku.LogLines.Any(l => l.Contains("rice", StringComparison.Ordinal) && l.StartsWith("app[run.", StringComparison.Ordinal)), "the dyno has run");
        var restarted = await Heroku.RunAsync("ps:restart");

        Assert.That(dynos, Does.Contain("worker.1:").And.Contain("worker.2:").And.Contain("exec sleep 1000"));
        Assert.That((detached.ExitCode, restarted.ExitCode), Is.EqualTo((0, 0)), $"{detached}{restarted}");
        Assert.That(Heroku.Sushi.Find("worker")!.Quantity, Is.EqualTo(2));
    }

    [Test]
    public async Task Runs_a_command_attached_and_ends_with_its_exit_code()
    {
        var good = await Heroku.RunAsync("run", "--exit-code", "--no-tty", "--", "echo", "rice for $DYNO");
        var bad = await Heroku.RunAsync("run", "--exit-code", "--no-tty", "--", "sh", "-c", "exit 7");

        Assert.That(good.ExitCode, Is.Zero, good.ToString());
        Assert.That(good.Output, Does.Match(@"rice for run\.\d+"));
        Assert.That(bad.ExitCode, Is.EqualTo(7), bad.ToString());
    }

    [Test]
    public async Task Reads_the_log()
    {
        Heroku.Log("web.1", "one");
        Heroku.Log("web.1", "two");

        var lines = await Heroku.SucceedAsync("logs", "--num", "1", "--dyno", "web.1");

        Assert.That(lines, Does.Contain("app[web.1]: two").And.Not.Contain("one"));
    }

    [Test]
    public async Task Follows_the_log()
    {
        await using var tail = Heroku.Start("logs", "--tail", "--dyno", "clock.1");
        Heroku.Log("clock.1", "one");
        await tail.PrintedAsync(l => l.EndsWith("app[clock.1]: one", StringComparison.Ordinal), "the first line", CancellationToken.None);

        Heroku.Log("web.1", "elsewhere");
        Heroku.Log("clock.1", "two");
        var lines = await tail.PrintedAsync(l => l.EndsWith("app[clock.1]: two", StringComparison.Ordinal), "the second line", CancellationToken.None);

        Assert.That(lines, Has.Length.EqualTo(2).And.None.Contains("elsewhere"));
    }

    [Test]
    public async Task Runs_what_is_piped_into_it()
    {
        var shell = await Heroku.PipeAsync("echo rice for $DYNO; exit 3\n", "run", "--exit-code", "--no-tty", "--", "bash");
        var filter = await Heroku.PipeAsync("salmon\ntuna\n", "run", "--exit-code", "--no-tty", "--", "sort", "-r");

        Assert.That((shell.ExitCode, filter.ExitCode), Is.EqualTo((3, 0)), $"{shell}{filter}");
        Assert.That(shell.Output, Does.Match(@"rice for run\.\d+"));
        Assert.That(filter.Output, Is.EqualTo("tuna\nsalmon\n"));
    }

    [Test]
    public async Task Types_on_a_terminal()
    {
        var typed = await Heroku.PipeAsync("test -t 0 && test -t 1 && echo a terminal\nexit 4\n", "run", "--exit-code", "--", "bash", "--norc");

        Assert.That(typed.ExitCode, Is.EqualTo(4), typed.ToString());
        Assert.That(typed.Output, Does.Match(@"(?m)^a terminal$").And.Contain("exit 4"));
    }

    [Test]
    public async Task Leaves_a_dyno_that_ends_with_it()
    {
        await using (var run = Heroku.Start("run", "--no-tty", "--", "echo up; exec sleep 1000"))
        {
            await run.PrintedAsync("up", CancellationToken.None);
        }

        await Heroku.UntilAsync(_ => Heroku.LogLines.Any(l => l.StartsWith("heroku[run.", StringComparison.Ordinal) && l.EndsWith("State changed from up to complete", StringComparison.Ordinal)), "the dyno has ended");
    }

    [Test]
    public async Task Restarts_and_stops_all_dynos_of_a_type()
    {
        await Heroku.SucceedAsync("ps:scale", "worker=2");
        await UntilLoggedAsync("heroku[worker.2]: State changed from starting to up", times: 1);

        await Heroku.SucceedAsync("ps:restart", "worker");
        await UntilLoggedAsync("heroku[worker.1]: State changed from starting to up", times: 2);
        await UntilLoggedAsync("heroku[worker.2]: State changed from starting to up", times: 2);
        await Heroku.SucceedAsync("ps:restart", "--process-type", "worker");
        await UntilLoggedAsync("heroku[worker.2]: State changed from starting to up", times: 3);
        await Heroku.SucceedAsync("ps:stop", "worker");
        await UntilLoggedAsync("heroku[worker.2]: State changed from starting to up", times: 4);
        var unknown = await Heroku.RunAsync("ps:restart", "clock");

        Assert.That(unknown.Errors, Does.Contain("Couldn't find that dyno."));
    }

    private Task UntilLoggedAsync(string line, int times) =>
        Heroku.UntilAsync(_ => Heroku.LogLines.Count(l => l == line) >= times, $"'{line}' is logged {times} times");
}
