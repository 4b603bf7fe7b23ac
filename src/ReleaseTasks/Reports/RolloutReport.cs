using ReleaseTasks.Journals;
using ReleaseTasks.Steps;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace ReleaseTasks.Reports;

/// <summary>What a roll-out did, as its journal has it.</summary>
internal static class RolloutReport
{
    /// <param name="state">The roll-out.</param>
    /// <param name="clean">Each text passes through it.</param>
    public static IRenderable Table(RunState state, Func<string, string> clean)
    {
        var table = new Table().Border(TableBorder.Rounded).AddColumns("Step", "Result", "Took");
        foreach (var step in state.Steps)
        {
            table.AddRow(new Text(clean(step.Title)), new Text(clean(Result(step))), new Text(Took(step)));
        }

        return table;
    }

    /// <summary>The steps whose effect wasn't real: a rehearsal must not be taken for more than it was.</summary>
    public static IEnumerable<string> Simulated(RunState state) => state.Steps.Where(step => step.Simulated).Select(step => step.Title);

    /// <summary><c>v51 → v52, commit 1a2b3c4</c>; null while nothing was released.</summary>
    public static string? Change(RunState state) =>
        state.Find(RecordState.StepName)?.BeforeAs<AppState>() is { } before
        && state.Find(ReleaseCommit.StepName)?.AfterAs<ReleaseCommit.Released>() is { } after
            ? $"v{before.Release.Version} → v{after.Version}, commit {after.Commit.Abbreviated}"
            : null;

    private static string Result(StepRecord step) => step switch
    {
        { IsFinished: true } => step.Evidence + (step.Simulated ? " (simulated)" : ""),
        { Failure: { } why } => "failed: " + why,
        _ => "begun, not seen to be done",
    };

    private static string Took(StepRecord step) => step.FinishedAt is { } end ? Durations.Short(end - step.StartedAt) : "";
}
