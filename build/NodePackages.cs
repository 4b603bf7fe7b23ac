using Cake.Common;
using Cake.Common.Diagnostics;
using Cake.Common.IO;
using Cake.Core;
using Cake.Core.IO;

namespace Build;

/// <summary>The official clients that tests call as witnesses, at the versions of <c>build/tools</c>, into <c>.tools/node_modules</c>.</summary>
internal static class NodePackages
{
    private static readonly DirectoryPath Wanted = "build/tools";
    private static readonly DirectoryPath Folder = ".tools";
    private static readonly FilePath Lock = "package-lock.json";
    private static readonly FilePath Installed = Folder.CombineWithFilePath("installed-lock.json");

    public static void Install(ICakeContext context)
    {
        if (AreInstalled(context))
        {
            return;
        }

        var obstacle = context.Tools.Resolve("npm") is { } npm ? Install(context, npm) : "this machine has no npm";
        if (obstacle is not null)
        {
            context.Warning("Not installed: the Heroku CLI, Octokit and Slack's client for Node.js ({0}). Tests that need them will say so.", obstacle);
        }
    }

    private static bool AreInstalled(ICakeContext context) =>
        context.FileExists(Installed)
        && File.ReadAllText(Installed.FullPath) == File.ReadAllText(Wanted.CombineWithFilePath(Lock).FullPath);

    private static string? Install(ICakeContext context, FilePath npm)
    {
        context.Information("Installing the Heroku CLI, Octokit and Slack's client for Node.js into {0} ...", Folder);
        context.EnsureDirectoryExists(Folder);
        context.CopyFiles($"{Wanted}/package*.json", Folder);
        var exit = context.StartProcess(npm, new ProcessSettings
        {
            Arguments = "ci --ignore-scripts --no-audit --no-fund --loglevel=error",
            WorkingDirectory = Folder,
        });
        if (exit != 0)
        {
            return "npm failed, see above";
        }

        context.CopyFile(Folder.CombineWithFilePath(Lock), Installed);
        return null;
    }
}
