using Cake.Common.Tools.DotNet;
using Cake.Common.Tools.DotNet.Build;
using Cake.Core;
using Cake.Frosting;

namespace Build;

/// <summary>Builds the whole solution with every analyzer, beside the running program and not over it.</summary>
[TaskName("Compile")]
[TaskDescription("Build everything, warnings as errors")]
public sealed class CompileTask : FrostingTask
{
    internal const string Solution = "ReleaseTasks.sln";
    internal const string Configuration = "Release";

    public override void Run(ICakeContext context) => context.DotNetBuild(Solution, new DotNetBuildSettings
    {
        Configuration = Configuration,
        NoLogo = true,
        Verbosity = DotNetVerbosity.Minimal,
    });
}
