using ReleaseTasks.Plans;

namespace ReleaseTasks.Tests.Plans;

public sealed class ReadingPlans
{
    [Test]
    public void Reads_the_simple_example_of_the_procedure()
    {
        var plan = Plan(Examples.Simple);

        Assert.That(Summary(plan), Is.EqualTo("""
            Deployment 11:10 [ ] merge-pull-request: Merge PR into master
            Verification 14:10 [ ] watch-logs: Monitor papertrail and getsentry
            Verification 14:10 [ ] watch-errors: Monitor papertrail and getsentry
            Verification 15:10 [ ] check-by-hand: check if navbar width has been increased
            Verification 16:10 [ ] check-by-hand: check some number of the pages on the site to ensure that no other styles were affected
            Rollback 20:5 [ ] roll-back-release: Rollback release to previous revision: `heroku rollback vXX`, or
            Rollback 21:5 [ ] manual: make a revert commit and redeploy.
            """));
        Assert.That(plan.Facts, Is.EqualTo(new PlanFacts
        {
            OriginalIssue = ["#3 increase navbar width"],
            Downsides = ["solution may impact readability on devices with small resolution"],
            None = [PlanPart.Risks, PlanPart.Assistants, PlanPart.BackingServices, PlanPart.Backup],
        }));
    }

    [Test]
    public void Reads_the_complex_example_of_the_procedure()
    {
        var plan = Plan(Examples.ComplexMigration).Unplaced();

        Assert.That(plan.RollOut.Concat(plan.Verification).Concat(plan.Rollback).Select(step => step.Work), Is.EqualTo(new Work[]
        {
            new Work.CreateRollbackDatabase("heroku-postgresql:standard-0", "HEROKU_POSTGRESQL_YELLOW", new(2013, 10, 21, 15, 52, 0, TimeSpan.Zero)) { App = "sushi" },
            new Work.BackUpConfigVar("MYVAR"),
            new Work.NotifyUsers(),
            new Work.MergePullRequest(),
            new Work.MaintenanceOn(),
            new Work.Deploy(TimeSpan.FromMinutes(40)),
            new Work.MaintenanceOff(),
            new Work.DestroyAddon("HEROKU_POSTGRESQL_YELLOW", Later: true) { App = "sushi" },
            new Work.WatchLogs(),
            new Work.WatchErrors(),
            new Work.CheckByHand(),
            new Work.CheckByHand(),
            new Work.RestoreConfigVar("MYVAR"),
            new Work.RollBackRelease(),
            new Work.PromoteDatabase("HEROKU_POSTGRESQL_SILVER") { App = "sushi" },
        }));
        Assert.That(plan.Facts.BackingServices, Is.EqualTo(new[]
        {
            "postgres:\n* removing `username` field form `mypackage.models.User` model",
            "environment variables:\n* updating `MYVAR` variable",
        }));
    }

    private static RolloutPlan Plan(string markdown)
    {
        var reading = PlanMarkdown.Parse(markdown);
        Assert.That(reading.Problems, Is.Empty);
        return reading.Plan!;
    }

    private static string Summary(RolloutPlan plan) =>
        string.Join('\n', from part in Enum.GetValues<PlanPart>()
                          from step in plan.StepsOf(part)
                          select $"{part} {step.Line}:{step.Column} [{(step.Ticked ? 'x' : ' ')}] {step.Work.Kind}: {step.Title}");
}
