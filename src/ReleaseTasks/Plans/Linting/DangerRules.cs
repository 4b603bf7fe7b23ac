using System.Text.RegularExpressions;
using ReleaseTasks.Plans.Commands;

namespace ReleaseTasks.Plans.Linting;

/// <summary>Steps whose words would do harm although nothing in them is understood so: a person may run what the tool refuses to.</summary>
internal static partial class DangerRules
{
    public static IEnumerable<PlanProblem> Check(RolloutPlan plan, PlanWorld world) =>
        plan.Steps.Where(step => step.Part == 1 && step.Work is not Work.DestroyAddon).SelectMany(step => Check(step, plan, world));

    private static IEnumerable<PlanProblem> Check(PlannedStep step, RolloutPlan plan, PlanWorld world)
    {
        // Quotes and backslashes would hide a word from us, not from the shell that a person pastes it into.
        var words = Hiding().Replace(step.Words, "");
        foreach (var match in Removal().Matches(words).AsEnumerable())
        {
            var target = Arguments().Replace(match.Groups["rest"].Value, " ").Split(' ', StringSplitOptions.RemoveEmptyEntries).FirstOrDefault() ?? "DATABASE";
            if (!CommandNames.IsResource(target))
            {
                yield return PlanLint.At(step, "This removes an add-on whose name can't be read.", "Write its name in plain letters: `heroku addons:destroy HEROKU_POSTGRESQL_SILVER`.");
            }
            else if (DatabaseRules.Protected(plan, world, target, match.Groups["verb"].Value == "detach" ? "detaches" : "destroys") is var (what, instead))
            {
                yield return PlanLint.At(step, what, instead);
            }
        }

        if (Irreversible().Match(words) is { Success: true } irreversible)
        {
            yield return PlanLint.At(step, $"`{Spaces().Replace(irreversible.Value, " ")}` can't be undone.", "Remove this step: nothing in a roll-out may destroy data that it can't bring back.");
        }

        if (step.Work is Work.Manual && DestroysByWords().IsMatch(words) && !Removal().IsMatch(words) && NamesOf(plan, world).FirstOrDefault(name => Whole(name).IsMatch(words)) is { } named)
        {
            yield return PlanLint.At(step, $"This asks a person to remove something of `{named}`, a database that was there before this roll-out.", "Remove this step: only what this roll-out created may go.");
        }

        if (OtherApp().Match(words) is { Success: true } other && world.App is { } app && other.Groups["app"].Value != app)
        {
            yield return PlanLint.At(step, $"This step is about the app `{other.Groups["app"].Value}`, and the plan about `{app}`.", $"Write `--app {app}`.");
        }
    }

    private static IEnumerable<string> NamesOf(RolloutPlan plan, PlanWorld world) =>
        plan.RollOut.Select(step => step.Work).OfType<Work.CreateRollbackDatabase>().Select(create => create.Source)
            .Concat(world.Attachments?.SelectMany(known => new[] { known.Name, known.Addon }) ?? [])
            .Append("DATABASE_URL").Distinct();

    private static Regex Whole(string name) => new($@"(?<![\w-]){Regex.Escape(name)}(?![\w-])", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    [GeneratedRegex(@"['""\\]")]
    private static partial Regex Hiding();

    [GeneratedRegex(@"addons:(?<verb>destroy|remove|detach)(?<rest>[^`\n;|&]*)")]
    private static partial Regex Removal();

    [GeneratedRegex(@"(^|\s)(--?(app|a|confirm|c|remote|r)[ =]\S+|--?[a-z-]+(=\S*)?)")]
    private static partial Regex Arguments();

    [GeneratedRegex(@"(pg:reset|apps:destroy|apps:delete|apps:transfer|pg:push|pg:copy|pg:credentials:destroy|drop\s+(database|schema|table)|truncate\s+\w+|git\s+push\s+[^`\n]*(--force\S*|\s-f\b)|rm\s+-rf?)(?!\w)", RegexOptions.IgnoreCase)]
    private static partial Regex Irreversible();

    [GeneratedRegex(@"\b(destroy|delete|drop|remove|detach|reset|wipe|erase|truncate)\b", RegexOptions.IgnoreCase)]
    private static partial Regex DestroysByWords();

    [GeneratedRegex(@"\bheroku\b[^`\n]*\s(?:--app|-a)[ =](?<app>[a-z][a-z0-9-]{1,28}[a-z0-9])\b")]
    private static partial Regex OtherApp();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
