using System.Collections.Concurrent;

namespace ReleaseTasks.EndToEnd.RollOuts.Killing;

/// <summary>
/// The program is killed at every place where that could matter, then the same command is typed again: each world ends as if nothing had
/// happened. The cases come from what an undisturbed run does, so that a new step brings its own. <c>KILL_MATRIX=full</c> asks for all of
/// them; without it the requests for the journal's copy and the journal's lines are sampled.
/// </summary>
[Platform(Exclude = "Win")]
public sealed class Kill_matrix
{
    private static readonly bool IsFull = Environment.GetEnvironmentVariable("KILL_MATRIX") == "full";

    [Test]
    public Task Deploying_the_simple_example() => CheckAsync(Example.Simple, Example.Simple.Deploy, rolledOut: false);

    [Test]
    public Task Deploying_the_complex_example() => CheckAsync(Example.Complex, Example.Complex.Deploy, rolledOut: false);

    [Test]
    public Task Rolling_back_the_simple_example() => CheckAsync(Example.Simple, Example.Simple.Rollback, rolledOut: true);

    [Test]
    public Task Rolling_back_the_complex_example() => CheckAsync(Example.Complex, Example.Complex.Rollback, rolledOut: true);

    private static async Task CheckAsync(Example example, IReadOnlyList<string> command, bool rolledOut)
    {
        var start = await StartAsync(example, rolledOut);
        try
        {
            var (deaths, whole) = await UndisturbedAsync(start, example, command);
            var failures = new ConcurrentBag<string>();
            var survivors = 0;
            await Parallel.ForEachAsync(deaths, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, async (death, _) =>
            {
                var outcome = await new Case(start, example, command, death).OutcomeAsync(whole);
                Interlocked.Add(ref survivors, outcome.Died ? 0 : 1);
                outcome.Problems.ForEach(failures.Add);
            });
            await TestContext.Out.WriteLineAsync($"Kill matrix: {example}, {command[0]}: {deaths.Count} cases, {deaths.Count - survivors} deaths, {failures.Count} failures.");
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

    private static async Task<(IReadOnlyList<Death> Deaths, string World)> UndisturbedAsync(string start, Example example, IReadOnlyList<string> command)
    {
        var log = new RequestLog();
        await using var arena = await Arena.OpenAsync(start, log.WriteAsync);
        var before = arena.JournalLines;
        var began = TimeProvider.System.GetTimestamp();
        var run = await arena.RunAsync(command);
        Assert.That(run.ExitCode, Is.Zero, run.ToString());
        var took = TimeProvider.System.GetElapsedTime(began);
        IReadOnlyList<Death> deaths = [.. AtRequests(log.Changes), .. AtLines(before, arena.JournalLines), .. AtAnyTime(took)];
        return (deaths, await WorldSnapshot.OfAsync(arena, example.PullRequest));
    }

    private static IEnumerable<Death> AtRequests(IReadOnlyList<string> requests)
    {
        var all = requests
            .Select((request, at) => (Request: request, Occurrence: requests.Take(at).Count(earlier => earlier == request)))
            .SelectMany(found => new[] { true, false }.Select(before => new Death.AtRequest(found.Request, found.Occurrence, before)))
            .ToList();
        return all.Where((death, at) => IsFull || !death.IsBookkeeping || at % 7 == 0);
    }

    private static IEnumerable<Death> AtLines(int from, int to) =>
        Enumerable.Range(from + 1, to - from).Where(line => IsFull || line % 3 == 0).Select(line => new Death.AtLine(line));

    private static IEnumerable<Death> AtAnyTime(TimeSpan took)
    {
        var chance = new Random(5);
        return Enumerable.Range(0, IsFull ? 25 : 3).Select(_ => new Death.AtTime(took * chance.NextDouble()));
    }

    private sealed record Case(string Start, Example Example, IReadOnlyList<string> Command, Death Death)
    {
        /// <summary>Dies, is typed again, and is compared with the world in which nothing happened.</summary>
        public async Task<(bool Died, List<string> Problems)> OutcomeAsync(string whole)
        {
            await using var arena = await Arena.OpenAsync(Start, faults: Death.Faults);
            var program = await arena.StartAsync(Command);
            await Death.BringAsync(arena, program);
            var first = await program.FinishedAsync(CancellationToken.None);
            var again = await arena.RunAsync(Command);
            return (first.ExitCode == Death.ExitCode, [.. await ProblemsAsync(arena, first, again, whole)]);
        }

        private async Task<IEnumerable<string>> ProblemsAsync(Arena arena, Finished first, Finished again, string whole)
        {
            if (first.ExitCode != Death.ExitCode && Death is Death.AtRequest)
            {
                return [$"{Death}: it lived on: {first}"];
            }

            if (again.ExitCode != 0)
            {
                return [$"{Death}: the same command again ended with {again}"];
            }

            var world = await WorldSnapshot.OfAsync(arena, Example.PullRequest);
            return world == whole ? [] : [$"{Death}: the world differs:\n{Difference(whole, world)}\n{again}"];
        }

        private static string Difference(string expected, string found)
        {
            var (wanted, got) = (expected.Split('\n'), found.Split('\n'));
            return string.Join('\n', wanted.Except(got).Select(line => $"- {line}").Concat(got.Except(wanted).Select(line => $"+ {line}")));
        }
    }
}
