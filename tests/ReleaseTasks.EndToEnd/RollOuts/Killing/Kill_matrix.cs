using System.Collections.Concurrent;

namespace ReleaseTasks.EndToEnd.RollOuts.Killing;

/// <summary>
/// The program is killed at every place where that could matter, then the same command is typed again: each world ends as if nothing had
/// happened. The cases come from what an undisturbed run does, so that a new step brings its own.
/// </summary>
[Platform(Exclude = "Win")]
public sealed class Kill_matrix
{
    [Test]
    public async Task Deploying_the_simple_example() => await CheckAsync(Example.Simple, Example.Simple.Deploy, rolledOut: false);

    [Test]
    public async Task Deploying_the_complex_example() => await CheckAsync(Example.Complex, Example.Complex.Deploy, rolledOut: false);

    [Test]
    public async Task Rolling_back_the_simple_example() => await CheckAsync(Example.Simple, Example.Simple.Rollback, rolledOut: true);

    [Test]
    public async Task Rolling_back_the_complex_example() => await CheckAsync(Example.Complex, Example.Complex.Rollback, rolledOut: true);

    private static async Task CheckAsync(Example example, IEnumerable<string> command, bool rolledOut)
    {
        var start = await StartAsync(example, rolledOut);
        try
        {
            var (requests, whole) = await UndisturbedAsync(start, example, command);
            var cases = requests.SelectMany((request, at) => new[] { Moment.Before, Moment.After }.Select(moment => new Kill(request, at, moment))).ToList();
            var failures = new ConcurrentBag<string>();
            await Parallel.ForEachAsync(cases, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, async (kill, _) =>
            {
                if (await FailureAsync(start, example, command, kill, whole) is { } failure)
                {
                    failures.Add(failure);
                }
            });
            TestContext.Progress.WriteLine($"Kill matrix, {example}, {command.First()}: {cases.Count} cases, {failures.Count} failures.");
            Assert.That(failures.Order(), Is.Empty);
        }
        finally
        {
            Directory.Delete(start, recursive: true);
        }
    }

    /// <summary>The world that every case starts from.</summary>
    private static async Task<string> StartAsync(Example example, bool rolledOut)
    {
        var arena = await Arena.OpenAsync();
        await example.PrepareAsync(arena.Sandbox);
        if (rolledOut)
        {
            var run = await arena.RunAsync(example.Deploy);
            Assert.That(run.ExitCode, Is.Zero, run.ToString());
        }

        return await arena.KeepAsync();
    }

    private static async Task<(IReadOnlyList<string> Requests, string World)> UndisturbedAsync(string start, Example example, IEnumerable<string> command)
    {
        var reaper = Reaper.Idle;
        await using var arena = await Arena.OpenAsync(start, reaper.MeddleAsync);
        var run = await arena.RunAsync(command);
        Assert.That(run.ExitCode, Is.Zero, run.ToString());
        return (reaper.Seen, await WorldSnapshot.OfAsync(arena, example.PullRequest));
    }

    /// <summary>What went wrong; null when nothing did.</summary>
    private static async Task<string?> FailureAsync(string start, Example example, IEnumerable<string> command, Kill kill, string whole)
    {
        var reaper = new Reaper((number, _) => number == kill.At, kill.Moment);
        await using var arena = await Arena.OpenAsync(start, reaper.MeddleAsync);
        var killed = await arena.StartAsync(command);
        reaper.Victim = killed.Id;
        var died = await killed.FinishedAsync(CancellationToken.None);
        if (!reaper.Struck)
        {
            return $"{kill}: was never reached: {died}";
        }

        var resumed = await arena.RunAsync(command);
        if (resumed.ExitCode != 0)
        {
            return $"{kill}: resuming ended with {resumed}";
        }

        var world = await WorldSnapshot.OfAsync(arena, example.PullRequest);
        return world == whole ? null : $"{kill}: the world differs:\n{Difference(whole, world)}\n{resumed}";
    }

    private static string Difference(string expected, string found)
    {
        var (wanted, got) = (expected.Split('\n'), found.Split('\n'));
        return string.Join('\n', wanted.Except(got).Select(line => $"- {line}").Concat(got.Except(wanted).Select(line => $"+ {line}")));
    }

    private sealed record Kill(string Request, int At, Moment Moment)
    {
        public override string ToString() => $"killed {(Moment == Moment.Before ? "before" : "after")} request {At}, {Request}";
    }
}
