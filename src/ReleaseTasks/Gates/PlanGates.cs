using ReleaseTasks.Plans;
using static ReleaseTasks.Gates.GateAnswer;

namespace ReleaseTasks.Gates;

/// <summary>What must be true of the plan.</summary>
internal static class PlanGates
{
    public static Gate Lint { get; } = new("plan", facts => facts.Problems.Value.Count(problem => problem.Severity == PlanSeverity.Error) is > 0 and var errors
        ? new Closed($"the lint finds {errors} {(errors == 1 ? "error" : "errors")} in it.", "Put its text right: CheckPlan shows whether it is.")
        : new Open("the lint has nothing against it."));

    public static Gate Assistant { get; } = new("assistant", AskAssistant);

    private static GateAnswer AskAssistant(GateFacts facts)
    {
        if (!Assistance.IsNeeded(facts.Plan))
        {
            return new Open("no complex migration needs one.");
        }

        var author = facts.Proposal.Value.Author?.Login;
        return Assistance.Assisting(facts.Plan, facts.Rules.Ops, author) is { Count: > 0 } assisting
            ? new Open($"{string.Join(", ", assisting)} will assist.")
            : new Closed(
                "the migration is complex, and the plan names no ops person as deployment assistant.",
                $"Ask one of {string.Join(", ", Assistance.Candidates(facts.Rules.Ops, author).DefaultIfEmpty("(nobody: name ops people in release.json)"))} and name them in 'Deployment assistants'.");
    }
}
