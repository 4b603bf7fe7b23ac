using System.Globalization;

namespace ReleaseTasks.EndToEnd.RollOuts.Killing;

/// <summary>
/// Ctrl-C, SIGTERM and SIGHUP while an answer is awaited, at points spread over a whole roll-out. <c>SIGNALS=100</c> asks for more of them,
/// and for the second within which each has to be over.
/// </summary>
[Platform(Exclude = "Win")]
public sealed class Signals
{
    private static readonly string[] Kinds = ["INT", "TERM", "HUP"];

    private static readonly Example Rollout = Example.Complex;

    private string _start = "";
    private int _requests;

    [OneTimeSetUp]
    public async Task Count_the_requests_of_an_undisturbed_roll_out()
    {
        _start = await (await Arena.OpenAsync()).KeepAsync();
        var counter = new Interrupter(null);
        await using var arena = await Arena.OpenAsync(_start, counter.MeddleAsync);
        var run = await arena.RunAsync(Rollout.Deploy);
        Assert.That(run.ExitCode, Is.Zero, run.ToString());
        _requests = counter.Count;
    }

    [OneTimeTearDown]
    public void Remove_the_start() => Directory.Delete(_start, recursive: true);

    [Test]
    public async Task Stop_the_run_where_it_is_and_leave_what_the_same_command_finishes()
    {
        var asked = Environment.GetEnvironmentVariable("SIGNALS");
        var count = asked is null ? 12 : int.Parse(asked, CultureInfo.InvariantCulture);
        var slowest = TimeSpan.Zero;
        for (var i = 0; i < count; i++)
        {
            // Not the very first requests, before which there is nothing to stop, nor the last ones, after which there isn't.
            var took = await InterruptAsync(5 + (i * (_requests - 12) / count), Kinds[i % Kinds.Length]);
            slowest = took > slowest ? took : slowest;
        }

        await TestContext.Out.WriteLineAsync($"Signals: {count} of {count}, the slowest took {slowest.TotalMilliseconds:0} ms.");
        if (asked is not null)
        {
            Assert.That(slowest, Is.LessThan(TimeSpan.FromSeconds(1)), "on a machine that has nothing else to do");
        }
    }

    [Test]
    public async Task Stop_at_once_when_they_come_twice()
    {
        var interrupter = new Interrupter(_requests / 2, "INT", "INT");
        await using var arena = await Arena.OpenAsync(_start, interrupter.MeddleAsync);

        var stopped = await RunAsync(arena, interrupter);
        var resumed = await arena.RunAsync(Rollout.Deploy);

        Assert.That(stopped.ExitCode, Is.EqualTo(130), stopped.ToString());
        Assert.That(resumed.ExitCode, Is.Zero, resumed.ToString());
    }

    /// <summary>How long it took from the signal to the end.</summary>
    private async Task<TimeSpan> InterruptAsync(int at, string signal)
    {
        var interrupter = new Interrupter(at, signal);
        await using var arena = await Arena.OpenAsync(_start, interrupter.MeddleAsync);

        var stopped = await RunAsync(arena, interrupter);
        var took = TimeProvider.System.GetElapsedTime(interrupter.SentAt ?? throw new InvalidOperationException($"request {at} was never made: {stopped}"));
        var journal = await JournalAsync(arena);
        var resumed = await arena.RunAsync(Rollout.Deploy);

        Assert.That(stopped.ExitCode, Is.EqualTo(130), $"{signal} at request {at}: {stopped}");
        if (journal.Length > 0)
        {
            Assert.That(journal[^1], Does.Contain("\"event\":\"stopped\""), $"{signal} at request {at}");
            Assert.That(stopped.Output, Does.Contain("sushi-pr3 is under way, and stopped: interrupted by a signal").And.Contain("Next: ./build.sh --target=Deploy"), $"{signal} at request {at}");
        }

        Assert.That(resumed.ExitCode, Is.Zero, $"after {signal} at request {at}: {resumed}");
        return took;
    }

    private static async Task<Finished> RunAsync(Arena arena, Interrupter interrupter)
    {
        interrupter.Client = await arena.StartAsync(Rollout.Deploy);
        return await interrupter.Client.FinishedAsync(CancellationToken.None);
    }

    private static async Task<string[]> JournalAsync(Arena arena)
    {
        var path = arena.PathOf(".release", "sandbox", "sushi-pr3", "journal.jsonl");
        return File.Exists(path) ? await File.ReadAllLinesAsync(path) : [];
    }
}
