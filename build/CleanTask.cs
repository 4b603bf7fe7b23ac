using Cake.Common.IO;
using Cake.Core;
using Cake.Core.IO;
using Cake.Frosting;

namespace Build;

/// <summary>Removes what builds and tests made. Journals, the sandbox's world and the running program's folder stay.</summary>
[TaskName("Clean")]
[TaskDescription("Remove what builds and tests made")]
public sealed class CleanTask : FrostingTask
{
    public override void Run(ICakeContext context) => context.DeleteDirectories(
        new[] { "build/bin", "build/obj", "artifacts", "TestResults", "BenchmarkDotNet.Artifacts" }.Select(DirectoryPath.FromString).Where(context.DirectoryExists)
            .Concat(context.GetDirectories("{src,tests}/*/{bin,obj}")),
        new DeleteDirectorySettings { Recursive = true, Force = true });
}
