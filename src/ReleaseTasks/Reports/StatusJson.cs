using System.Text.Json;
using ReleaseTasks.Journals;

namespace ReleaseTasks.Reports;

/// <summary>Where a roll-out stands, for machines. The schema is <c>docs/status.schema.json</c>.</summary>
internal static class StatusJson
{
    public static string Write(Status status) => JsonSerializer.Serialize(
        new
        {
            status.App,
            status.Standing,
            Rollout = status.Rollout is { Exists: true } state ? Rollout(state) : null,
            status.Doubt,
            status.AppStanding,
            status.Leftovers,
            status.LeftoversUnknown,
            status.Next,
        },
        ForMachines.Json);

    private static object Rollout(RunState state) => new
    {
        Id = state.Start!.Rollout.ToString(),
        state.Start.PullRequest,
        State = state switch
        {
            { RolledBack: not null } => "rolled-back",
            { Rollback: not null } => "rolling-back",
            { IsFinished: true } => "finished",
            _ => "under-way",
        },
        state.StoppedBecause,
        Verdict = state.Verdict?.Verdict,
        StartedAt = state.Start.At,
        Steps = state.Steps.Select(step => new
        {
            step.Name,
            step.Title,
            State = step switch { { IsFinished: true } => "done", { Failure: not null } => "failed", _ => "begun" },
            Evidence = step.Failure ?? step.Evidence,
            step.StartedAt,
            step.FinishedAt,
            step.Simulated,
        }),
    };
}
