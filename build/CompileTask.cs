using Cake.Common.Tools.DotNet;
using Cake.Common.Tools.DotNet.Build;
using Cake.Frosting;
using ReleaseTasks.Tasks;

namespace Build;

/// <summary>Builds the whole solution with every analyzer, beside the running program and not over it.</summary>
[TaskName("Compile")]
[TaskDescription("Build everything, warnings as errors")]
public sealed class CompileTask : FrostingTask<ReleaseContext>
{
    internal const string Solution = "ReleaseTasks.sln";
    internal const string Configuration = "Release";

    public override void Run(ReleaseContext context)
    {
        using var stoppable = context.KillChildrenWhenStopped();
        context.DotNetBuild(Solution, new DotNetBuildSettings
        {
            Configuration = Configuration,
            NoLogo = true,
            Verbosity = DotNetVerbosity.Minimal,
        });
    }
}
