namespace ReleaseTasks.Plans.Linting;

/// <summary>No secret in a text that everybody can read.</summary>
internal static class SecretRules
{
    public static IEnumerable<PlanProblem> Check(RolloutPlan plan) =>
    [
        .. from part in Enum.GetValues<PlanPart>()
           from fact in plan.Facts.Of(part)
           from secret in PlanSecrets.In(fact).Take(1)
           select PlanLint.At(plan, part, What(secret.Kind), Instead),
        .. from step in plan.Steps.Where(step => step.Part == 1)
           from secret in PlanSecrets.In(step.Words).Take(1)
           select PlanLint.At(step, What(secret.Kind), Instead),
    ];

    /// <summary>What only those may know who may read the app's config vars.</summary>
    public static IEnumerable<PlanProblem> Check(PlanWorld world) =>
        (world.Exposing ?? []).Select(line => new PlanProblem(line, 1, What("what a config var of the app holds"), Instead));

    public static string What(string kind) => $"This looks like {kind}, and everybody who can read the pull request can read it.";

    public const string Instead = "Take it out, make a new one, and let a person set it: write the step without the value.";
}
