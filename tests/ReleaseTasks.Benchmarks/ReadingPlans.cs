using BenchmarkDotNet.Attributes;
using ReleaseTasks.Plans;

namespace ReleaseTasks.Benchmarks;

/// <summary>Reading and judging the procedure's complex example: well under a millisecond.</summary>
[ShortRunJob]
[MemoryDiagnoser]
public class ReadingPlans // not sealed: BenchmarkDotNet derives from it
{
    private readonly string _markdown = Example();
    private PlanReading? _reading;

    [GlobalSetup]
    public void Read() => _reading = PlanMarkdown.Parse(_markdown);

    [Benchmark]
    public PlanReading Parse() => PlanMarkdown.Parse(_markdown);

    [Benchmark]
    public ValueList<PlanProblem> Lint() => PlanLint.Check(_reading!, PlanWorld.Unknown);

    private static string Example()
    {
        using var stream = typeof(ReadingPlans).Assembly.GetManifestResourceStream("example-2.md")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
