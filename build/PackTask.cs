using Cake.Common.IO;
using Cake.Common.Tools.DotNet;
using Cake.Common.Tools.DotNet.MSBuild;
using Cake.Common.Tools.DotNet.Pack;
using Cake.Core;
using Cake.Core.IO;
using Cake.Frosting;

namespace Build;

/// <summary>Makes the packages that other repositories reference: ReleaseTasks, Cake.Heroku, ReleaseTasks.Sandbox.</summary>
[TaskName("Pack")]
[TaskDescription("Make the NuGet packages, into artifacts/")]
public sealed class PackTask : FrostingTask
{
    private static readonly DirectoryPath Artifacts = "artifacts";

    public override void Run(ICakeContext context)
    {
        context.EnsureDirectoryExists(Artifacts);
        context.CleanDirectory(Artifacts);
        context.DotNetPack(CompileTask.Solution, new DotNetPackSettings
        {
            Configuration = CompileTask.Configuration,
            OutputDirectory = Artifacts,
            NoLogo = true,
            Verbosity = DotNetVerbosity.Minimal,
            MSBuildSettings = new DotNetMSBuildSettings { ContinuousIntegrationBuild = true },
        });
    }
}
