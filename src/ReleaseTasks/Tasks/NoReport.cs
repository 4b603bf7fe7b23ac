using Cake.Core;

namespace ReleaseTasks.Tasks;

/// <summary>Prints no table of tasks: that of the journal says what was done.</summary>
internal sealed class NoReport : ICakeReportPrinter
{
    public void Write(CakeReport report)
    {
    }

    public void WriteStep(string name, Cake.Core.Diagnostics.Verbosity verbosity)
    {
    }

    public void WriteLifeCycleStep(string name, Cake.Core.Diagnostics.Verbosity verbosity)
    {
    }

    public void WriteSkippedStep(string name, Cake.Core.Diagnostics.Verbosity verbosity)
    {
    }
}
