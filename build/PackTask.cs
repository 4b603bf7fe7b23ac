using Cake.Common;
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
    /// <summary>2 January 1980 in Unix seconds: zip files know no earlier day.</summary>
    private const string NoCommit = "315619200";

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
            // Analyzers judge in Compile.
            MSBuildSettings = new DotNetMSBuildSettings { ContinuousIntegrationBuild = true }.WithProperty("RunAnalyzers", "false"),
            EnvironmentVariables = { ["SOURCE_DATE_EPOCH"] = CommitTime(context) },
        });
    }

    /// <summary>Stands in the packages instead of the time of packing: one commit, one package, byte for byte.</summary>
    private static string CommitTime(ICakeContext context)
    {
        var settings = new ProcessSettings { Arguments = "log -1 --format=%ct", RedirectStandardOutput = true, Silent = true };
        return context.StartProcess("git", settings, out var lines) == 0 && lines.FirstOrDefault() is { } seconds ? seconds : NoCommit;
    }
}
