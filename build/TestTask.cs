using Cake.Common;
using Cake.Common.Build;
using Cake.Common.Diagnostics;
using Cake.Common.IO;
using Cake.Common.Tools.DotNet;
using Cake.Common.Tools.DotNet.Test;
using Cake.Core;
using Cake.Core.IO;
using Cake.Frosting;
using ReleaseTasks.Tasks;

namespace Build;

/// <summary>Runs every test project; <c>--tests=…</c> is handed to the runner as its filter.</summary>
/// <remarks>In CI a skipped test counts as a failure: there everything that tests need can be brought.</remarks>
[TaskName("Test")]
[TaskDescription("Run every test; --tests=FILTER runs some (Name~maintenance)")]
[IsDependentOn(typeof(ToolsTask))]
[IsDependentOn(typeof(CompileTask))]
public sealed class TestTask : FrostingTask<ReleaseContext>
{
    private static readonly DirectoryPath Results = "TestResults";

    public override void Run(ReleaseContext context)
    {
        context.EnsureDirectoryDoesNotExist(Results, new DeleteDirectorySettings { Recursive = true, Force = true });
        var unhappy = context.GetFiles("tests/*/*Tests.csproj").Concat(context.GetFiles("tests/*/*EndToEnd.csproj"))
            .Where(project => RunTests(context, project) != 0)
            .Select(project => project.GetFilenameWithoutExtension().ToString())
            .ToList();

        var outcomes = TestOutcome.ReadAll(context.GetFiles($"{Results}/*.trx"));
        CloseWith(TestOutcome.Count(outcomes));
        foreach (var skipped in outcomes.Where(outcome => outcome.IsSkipped))
        {
            context.Warning("Skipped {0}: {1}", skipped.Name, skipped.Message);
        }

        Judge(unhappy, outcomes, mayNotSkip: !context.BuildSystem().IsLocalBuild || context.EnvironmentVariable("CI") is not (null or "" or "0" or "false"));
    }

    private static int RunTests(ReleaseContext context, FilePath project)
    {
        var exit = 0;
        using var stoppable = context.KillChildrenWhenStopped();
        context.DotNetTest(project.FullPath, new DotNetTestSettings
        {
            Configuration = CompileTask.Configuration,
            NoBuild = true,
            NoLogo = true,
            Filter = FilterOf(context),
            ResultsDirectory = Results,
            Loggers = [$"trx;LogFileName={project.GetFilenameWithoutExtension()}.trx"],
            ArgumentCustomization = arguments => arguments.Append("--blame-hang-timeout 15m --blame-hang-dump-type none"),
            HandleExitCode = code => (exit = code) == code,
        });
        return exit;
    }

    /// <summary>
    /// Tests of the category Reference compare with what others publish, in <c>shared/reference</c> beside the checkout or above it. Where that
    /// isn't, there is nothing to compare with, and they aren't listed.
    /// </summary>
    private static string? FilterOf(ReleaseContext context)
    {
        string?[] filters = [context.Argument<string?>("tests", null), HasReference(context.Environment.WorkingDirectory) ? null : "TestCategory!=Reference"];
        return filters.Where(filter => filter is not null).ToList() switch
        {
            [] => null,
            [var only] => only,
            var all => string.Join('&', all.Select(filter => $"({filter})")),
        };
    }

    private static bool HasReference(DirectoryPath folder)
    {
        for (var above = new DirectoryInfo(folder.FullPath); above is not null; above = above.Parent)
        {
            if (Directory.Exists(System.IO.Path.Combine(above.FullName, "shared", "reference")))
            {
                return true;
            }
        }

        return false;
    }

    private static void Judge(List<string> unhappy, IReadOnlyList<TestOutcome> outcomes, bool mayNotSkip)
    {
        if (unhappy is not [] || outcomes.Any(outcome => outcome.IsFailed))
        {
            throw new CakeException($"Tests failed in {string.Join(", ", unhappy)}.");
        }

        if (outcomes is [])
        {
            throw new CakeException("No test ran.");
        }

        if (mayNotSkip && outcomes.Any(outcome => outcome.IsSkipped))
        {
            throw new CakeException("Tests were skipped, and in CI none may be. Their reasons are above.");
        }
    }

    /// <summary>The count has to be the very last line, and Cake prints its report after the last task.</summary>
    private static void CloseWith(string count) => AppDomain.CurrentDomain.ProcessExit += (_, _) => Console.Out.WriteLine(count);
}
