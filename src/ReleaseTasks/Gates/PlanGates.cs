using System.Text.RegularExpressions;
using ReleaseTasks.Plans;
using static ReleaseTasks.Gates.GateAnswer;

namespace ReleaseTasks.Gates;

/// <summary>What must be true of the plan.</summary>
internal static partial class PlanGates
{
    public static Gate Lint { get; } = new("plan", facts => facts.Problems.Value.Count(problem => problem.Severity == PlanSeverity.Error) is > 0 and var errors
        ? new Closed($"the lint finds {errors} {(errors == 1 ? "error" : "errors")} in it.", "Put its text right: CheckPlan shows whether it is.")
        : new Open("the lint has nothing against it."));

    public static Gate Assistant { get; } = new("assistant", AskAssistant);

    private static GateAnswer AskAssistant(GateFacts facts)
    {
        if (!HasComplexMigration(facts.Plan))
        {
            return new Open("no complex migration needs one.");
        }

        var author = facts.Proposal.Value.Author;
        var others = facts.Rules.Ops.Where(login => author?.IsCalled(login) != true).ToList();
        var named = facts.Plan.Facts.Assistants.SelectMany(Logins).Where(login => others.Contains(login, StringComparer.OrdinalIgnoreCase)).ToList();
        return named.Count > 0
            ? new Open($"{string.Join(", ", named.Distinct())} will assist.")
            : new Closed(
                "the migration is complex, and the plan names no ops person as deployment assistant.",
                $"Ask one of {string.Join(", ", others.DefaultIfEmpty("(nobody: name ops people in release.json)"))} and name them in 'Deployment assistants'.");
    }

    private static bool HasComplexMigration(RolloutPlan plan) =>
        plan.RollOut.Any(step => step.Work is Work.CreateRollbackDatabase)
        || plan.Facts.Risks.Any(risk => risk.Contains("migration", StringComparison.OrdinalIgnoreCase));

    private static IEnumerable<string> Logins(string words) => Login().Matches(words).Select(match => match.Value);

    [GeneratedRegex("[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?")]
    private static partial Regex Login();
}
