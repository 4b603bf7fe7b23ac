using BenchmarkDotNet.Running;
using Cake.Frosting;
using ReleaseTasks.Benchmarks;

// The program that StartUp compares with is this one, started with nothing but Frosting in it.
return args switch
{
    ["--bare-frosting", .. var rest] => new CakeHost().Run(rest),
    ["--sandbox", .. var command] => await ServingTheSandbox.RunAsync(command),
    _ => Run(args),
};

static int Run(string[] args)
{
    var summaries = BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
    return summaries.All(summary => summary.Reports.All(report => report.Success)) ? 0 : 1;
}
