using System.Diagnostics;
using System.Globalization;
using ReleaseTasks.Plans;

namespace ReleaseTasks.Tests.Plans;

/// <summary>Whatever a description says: an answer, soon, and no accepted step that would hurt.</summary>
public sealed class HostileDescriptions
{
    /// <summary>How many mutated descriptions to survive. <c>FUZZ_CASES=200000</c> is the long run, for a quiet machine; it takes minutes.</summary>
    private static readonly int Cases = int.Parse(Environment.GetEnvironmentVariable("FUZZ_CASES") ?? "3000", CultureInfo.InvariantCulture);

    /// <summary>A hang, on a busy machine too. The long run holds the parser to its 50 ms.</summary>
    private static readonly TimeSpan Soon = Cases > 3_000 ? TimeSpan.FromMilliseconds(50) : TimeSpan.FromSeconds(5);

    [OneTimeSetUp]
    public void WarmUp() => Survive(new MutatedPlans(seed: 0), 50);

    [Test]
    public void Are_read_soon()
    {
        Assert.Multiple(() =>
        {
            foreach (var (name, text) in Monsters())
            {
                Assert.That(Quickest(text), Is.LessThan(Soon), name);
            }
        });
    }

    [Test]
    public void Are_survived_when_they_are_mutated() => Survive(new MutatedPlans(seed: 42), Cases);

    private static void Survive(MutatedPlans plans, int count)
    {
        var (slowest, accepted) = (TimeSpan.Zero, 0);
        for (var i = 0; i < count; i++)
        {
            var text = plans.Next();
            var watch = Stopwatch.StartNew();
            var reading = PlanMarkdown.Parse(text);
            var problems = PlanLint.Check(reading, PlanWorld.Unknown);
            var elapsed = watch.Elapsed < Soon ? watch.Elapsed : Quickest(text);
            Assert.That(elapsed, Is.LessThan(Soon), text);
            slowest = elapsed > slowest ? elapsed : slowest;
            if (problems.All(problem => problem.Severity != PlanSeverity.Error))
            {
                accepted++;
                Assert.That(Dangers(reading.Plan!), Is.Empty, text);
            }

            FormatsBack(reading, text);
        }

        TestContext.Out.WriteLine($"{count} descriptions, {accepted} accepted, the slowest took {slowest.TotalMilliseconds:F1} ms");
    }

    /// <summary>A pause of the machine isn't a hang: what is slow is slow again, and it's the processor's time that counts.</summary>
    private static TimeSpan Quickest(string text) => Enumerable.Range(0, 4).Min(attempt =>
    {
        var before = Environment.CpuUsage.TotalTime;
        _ = PlanLint.Check(PlanMarkdown.Parse(text), PlanWorld.Unknown);
        return Environment.CpuUsage.TotalTime - before;
    });

    private static void FormatsBack(PlanReading reading, string text)
    {
        if (reading.Plan is not { } plan)
        {
            return;
        }

        Assert.That(PlanMarkdown.Format(plan, text), Is.EqualTo(text));

        // A comment's beginning that is code in one place may be a comment in another; blanks at the start of HTML lines may be lost.
        if (!text.Contains("<!--", StringComparison.Ordinal))
        {
            var formatted = PlanMarkdown.Format(plan);
            Assert.That(WithoutBlanks(PlanMarkdown.Format(PlanMarkdown.Parse(formatted).Draft)), Is.EqualTo(WithoutBlanks(formatted)), text);
        }
    }

    private static string WithoutBlanks(string text) => string.Concat(text.Where(c => !char.IsWhiteSpace(c)));

    /// <summary>What must never be accepted, asked in another way than the lint asks it.</summary>
    private static IEnumerable<string> Dangers(RolloutPlan plan)
    {
        var sources = plan.RollOut.Select(step => (step.Work as Work.CreateRollbackDatabase)?.Source).Append("DATABASE").Append("HEROKU_POSTGRESQL_YELLOW").ToHashSet();
        return plan.Steps.Where(step => step.Work is Work.DestroyAddon destroy && sources.Contains(destroy.Addon)
            || step.Words.Contains("pg:reset", StringComparison.Ordinal)
            || step.Words.Contains("apps:destroy", StringComparison.Ordinal)
            || step.Words.Contains("addons:destroy HEROKU_POSTGRESQL_YELLOW", StringComparison.Ordinal)
            || step.Words.Contains("addons:detach HEROKU_POSTGRESQL_YELLOW", StringComparison.Ordinal)
            || (step.Work is not (Work.Manual or Work.CheckByHand or Work.NotifyUsers) && (step.Words.Contains("; rm", StringComparison.Ordinal) || step.Words.Contains("=$(whoami", StringComparison.Ordinal)))
            || (step.Work.App is { } app && app == "other")).Select(step => step.ToString());
    }

    private static IEnumerable<(string, string)> Monsters()
    {
        yield return ("a megabyte of a", new string('a', 1 << 20));
        yield return ("a megabyte of plan", string.Concat(Enumerable.Repeat(Examples.ComplexMigration, 600)));
        yield return ("all the room that GitHub gives", string.Concat(Enumerable.Repeat(Examples.ComplexMigration, 35))[..65_536]);
        foreach (var piece in new[] { ">", "> ", "- ", "* ", "1. ", "1) ", "[", "[a]: b\n", "[a]: b '\n", "`", "``` \n", "~~~\n", "<!--", "<!-- \n", "x <!--\n\n", "-->", "*", "**", "_a_", "**a", "|", "| a | b |\n", "\0", "\r", "\n", "\t", "\\", "#", "# a\n", "a\n===\n", "<a>", "<details>\n", "&amp;", "\u202e", "\ud800", "- [ ] ", "- [ ] a\n", "**Downsides**:\n", "**Deployment steps**: a\n", "$(", "`heroku ", "'", "\"", "http://a:b", "a@", "eyJ", "TOKEN=", "A1b", "error " })
        {
            yield return ($"65,536 characters of {piece.ReplaceLineEndings("⏎")}", Filled(piece));
            yield return ($"steps that are {piece.ReplaceLineEndings("⏎")}", $"## Roll-out plan\n**Deployment steps**:\n1. [ ] {Filled(piece, 60_000)}");
        }

        yield return ("back-ticks of every length", string.Concat(Enumerable.Range(1, 350).Select(length => new string('`', length) + " ")));
        yield return ("lists in lists", string.Concat(Enumerable.Range(0, 350).Select(depth => new string(' ', depth) + "- a\n")));
        yield return ("two blanks a level", string.Concat(Enumerable.Range(0, 120).Select(depth => new string(' ', depth * 2) + "- [ ] a\n")));
        yield return ("a long sentence of known words", $"**Deployment steps**:\n1. [ ] monitor {string.Join(' ', Enumerable.Repeat("logs and errors", 3_000))} x");
        yield return ("a thousand steps", $"**Deployment steps**:\n{string.Concat(Enumerable.Range(1, 1_000).Select(number => $"{number}. [ ] `heroku config:set A{number}=b`\n"))}");
    }

    private static string Filled(string piece, int length = 65_536) => string.Concat(Enumerable.Repeat(piece, length / piece.Length));
}
