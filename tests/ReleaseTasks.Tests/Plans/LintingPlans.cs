using ReleaseTasks.Plans;

namespace ReleaseTasks.Tests.Plans;

public sealed class LintingPlans
{
    /// <summary>The sample app half a year before nobody reads this any more.</summary>
    private static readonly PlanWorld Sushi = new()
    {
        App = "sushi",
        PullRequest = 3,
        Title = "remove `username` field, use `email` instead",
        Now = new(2026, 11, 23, 9, 30, 0, TimeSpan.Zero),
        Ops = ["dz0ny", "gurvankervern"],
        Attachments =
        [
            new("DATABASE", "postgresql-curved-12345", "heroku-postgresql:standard-0", IsPrimary: true, new(2026, 11, 19, 9, 30, 0, TimeSpan.Zero)),
            new("HEROKU_POSTGRESQL_YELLOW", "postgresql-curved-12345", "heroku-postgresql:standard-0", IsPrimary: true, new(2026, 11, 19, 9, 30, 0, TimeSpan.Zero)),
        ],
    };

    [Test]
    public void Accepts_the_simple_example() =>
        Assert.That(Problems(Examples.Simple, Sushi), Is.EqualTo("#3:20:5: note: The release is filled in when the roll-out begins: the one that is current then."));

    [Test]
    public void Accepts_the_complex_example_once_it_is_put_right() => Assert.That(Errors(Examples.Corrected, Sushi), Is.Empty);

    [Test]
    public void Refuses_the_complex_examples_own_step_7_and_says_what_to_write_instead() =>
        Assert.That(Errors(Examples.ComplexMigration, PlanWorld.Unknown), Is.EqualTo(
            "#3:38:10: This destroys `HEROKU_POSTGRESQL_YELLOW`: line 25 makes the rollback database from it, so it is the app's own database, with its data. "
            + "Write `HEROKU_POSTGRESQL_SILVER`, the rollback database that line 25 creates and the rollback strategy promotes: only what this roll-out created may go."));

    [Test]
    public void Refuses_the_template_as_long_as_nobody_has_filled_it_in() =>
        Assert.That(Errors(Examples.BasicTemplate, PlanWorld.Unknown), Is.EqualTo("""
            #3:2:1: “Original issue and supporting materials” is empty. Link the issue: `**Original issue and supporting materials**: #3 increase navbar width`.
            #3:3:1: “Downsides” is empty. Fill it in, or write `**Downsides**: None`.
            #3:6:1: “Deployment risks” is empty. Fill it in, or write `**Deployment risks**: None`.
            #3:7:1: “Deployment assistants” is empty. Fill it in, or write `**Deployment assistants**: None`.
            #3:8:1: “Backing services related changes” is empty. Fill it in, or write `**Backing services related changes**: None`.
            #3:9:1: “Backuping steps” is empty. Fill it in, or write `**Backuping steps**: None`.
            #3:11:10: This step is still a placeholder. Write what is to be done, or remove its line.
            #3:13:1: “Verification plan” is empty. Write how to see that it works: `1. [ ] Monitor papertrail and getsentry`.
            #3:15:1: “Rollback strategy” is empty. Write how to undo it: ``1. [ ] Rollback release to previous revision: `heroku rollback vXX` ``.
            """));

    private static string Problems(string markdown, PlanWorld world) => string.Join('\n', PlanLint.Check(PlanMarkdown.Parse(markdown), world).Select(problem => problem.Render("#3")));

    private static string Errors(string markdown, PlanWorld world) =>
        string.Join('\n', PlanLint.Check(PlanMarkdown.Parse(markdown), world).Where(problem => problem.Severity == PlanSeverity.Error).Select(problem => problem.Render("#3")));
}
