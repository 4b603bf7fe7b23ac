using Cake.Common;
using Cake.Common.Tools.DotNet;
using Cake.Common.Tools.DotNet.Run;
using Cake.Core;
using Cake.Core.IO;
using Cake.Frosting;

namespace Build;

/// <summary>Measures; <c>--benchmarks=*StartUp*</c> chooses. Results go to <c>BenchmarkDotNet.Artifacts/</c>.</summary>
[TaskName("Benchmark")]
[TaskDescription("Run the benchmarks; --benchmarks=FILTER runs some (*StartUp*)")]
public sealed class BenchmarkTask : FrostingTask
{
    public override void Run(ICakeContext context) => context.DotNetRun(
        "tests/ReleaseTasks.Benchmarks",
        new ProcessArgumentBuilder().Append("--filter").AppendQuoted(context.Argument("benchmarks", "*")),
        new DotNetRunSettings { Configuration = CompileTask.Configuration });
}
