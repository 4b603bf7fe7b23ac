using BenchmarkDotNet.Running;
using Cake.Frosting;

// The program that StartUp compares with is this one, started with nothing but Frosting in it.
return args is ["--bare-frosting", .. var rest] ? new CakeHost().Run(rest) : Run(args);

static int Run(string[] args)
{
    var summaries = BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
    return summaries.All(summary => summary.Reports.All(report => report.Success)) ? 0 : 1;
}
