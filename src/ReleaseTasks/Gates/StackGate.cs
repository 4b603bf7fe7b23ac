using ReleaseTasks.Plans;
using static ReleaseTasks.Gates.GateAnswer;

namespace ReleaseTasks.Gates;

/// <summary>
/// What the next build is made for. Heroku retires a stack by failing builds on purpose, and a build that fails behind the merge leaves a closed
/// app; another stack than the current release's changes the system under the app, which its reviewers have to have read.
/// </summary>
internal static class StackGate
{
    private const string Current = "heroku-24";

    /// <summary>Of heroku-22, as Heroku announces it to those who still build on it. The first build within each span fails.</summary>
    private static readonly (DateOnly Since, string Builds)[] Brownout =
    [
        (new(2026, 11, 1), "lets the first build in thirty days fail on purpose"),
        (new(2027, 2, 1), "lets the first build in seven days fail on purpose"),
        (new(2027, 4, 1), "lets the first build of each day fail on purpose"),
        (new(2027, 5, 1), "builds nothing for it any more"),
    ];

    private static readonly string[] Gone = ["heroku-20", "heroku-18", "heroku-16", "cedar-14", "cedar"];

    public static Gate Stack { get; } = new("stack", facts => ReleasesBuild(facts.Plan) ? Ask(facts, facts.Stacks.Value) : new Open("nothing is built."));

    private static GateAnswer Ask(GateFacts facts, Stacks stacks) => stacks switch
    {
        { Next: null } => new Closed("Heroku didn't say which stack the next build is for.", "Run it again."),
        { Next: { } next } when WhyRetired(next, facts.Now) is { } why => new Closed(
            $"{why} The roll-out would stop behind the merge, with the app closed.",
            $"heroku stack:set {Current} --app {facts.Rules.App}: the next build is for it, so try it on staging first."),
        { Next: { } next, Current: { } now } when next != now && !Speaks(facts.Plan, next) => new Closed(
            $"the next build moves {facts.Rules.App} from {now} to {next}, and the plan doesn't say so: the whole system under the app changes with it.",
            $"Try it on staging, and name {next} in 'Deployment risks'."),
        { Next: { } next } => new Open($"the next build is for {next}."),
    };

    /// <summary>A merge means a release too, also where the plan doesn't say so.</summary>
    private static bool ReleasesBuild(RolloutPlan plan) => plan.RollOut.Any(step => step.Work is Work.Deploy or Work.MergePullRequest);

    private static string? WhyRetired(string stack, DateTimeOffset now) => stack switch
    {
        "heroku-22" when Stage(now) is var (since, builds) => $"the next build is for heroku-22: since {since:yyyy-MM-dd} Heroku {builds}{End(since)}.",
        _ when Gone.Contains(stack) => $"the next build is for {stack}, for which Heroku builds nothing any more.",
        _ => null,
    };

    private static (DateOnly Since, string Builds)? Stage(DateTimeOffset now)
    {
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        return Brownout[0].Since <= today ? Array.FindLast(Brownout, stage => stage.Since <= today) : null;
    }

    private static string End(DateOnly since) => since < Brownout[^1].Since ? $", more and more of them until it builds none from {Brownout[^1].Since:yyyy-MM-dd} on" : "";

    /// <summary>What reviewers read: the risks, what goes with them, and the steps.</summary>
    private static bool Speaks(RolloutPlan plan, string stack) =>
        plan.Facts.Risks.Concat(plan.Facts.Downsides).Concat(plan.Facts.BackingServices).Concat(plan.RollOut.Select(step => step.Words))
            .Any(words => words.Contains(stack, StringComparison.OrdinalIgnoreCase));
}
