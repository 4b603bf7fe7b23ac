using ReleaseTasks.Plans;
using ReleaseTasks.Running;

namespace ReleaseTasks.Tests.Running;

public sealed class Comparing_a_written_rollback
{
    private static readonly Work.RollBackRelease Code = new(51);
    private static readonly Work.PromoteDatabase Promote = new("HEROKU_POSTGRESQL_SILVER");
    private static readonly Work.RestoreConfigVar Restore = new("MYVAR");

    [Test]
    public void Finds_nothing_where_the_plan_says_what_is_done() =>
        Assert.That(Differences([new Work.RollBackRelease(), new Work.PromoteDatabase("HEROKU_POSTGRESQL_SILVER"), Restore], [Code, Promote, Restore]), Is.Empty);

    [Test]
    public void Tells_another_order() =>
        Assert.That(Differences([Restore, Code, Promote], [Code, Promote, Restore]), Is.EqualTo(
            ["the plan's order is another; it is done in this one, which works where a release phase migrates: roll the code back to " +
                "v51, promote HEROKU_POSTGRESQL_SILVER, restore MYVAR"]));

    [Test]
    public void Tells_another_version() =>
        Assert.That(Differences([new Work.RollBackRelease(50)], [Code]), Is.EqualTo(["the plan says v50; it goes back to v51, which was current when the roll-out began"]));

    [Test]
    public void Tells_another_database() =>
        Assert.That(Differences([new Work.PromoteDatabase("HEROKU_POSTGRESQL_YELLOW")], [Promote]), Is.EqualTo(
            ["the plan says pg:promote HEROKU_POSTGRESQL_YELLOW; it makes HEROKU_POSTGRESQL_SILVER the primary, as what was read asks " +
                "for"]));

    [Test]
    public void Expects_a_promotion_back_of_a_plan_that_promotes() => Assert.That(
        WrittenRollback.Expected(new() { Deployment = [Step(new Work.PromoteDatabase("HEROKU_POSTGRESQL_RED"))], Rollback = [Step(new Work.PromoteDatabase("HEROKU_POSTGRESQL_YELLOW"))] }),
        Is.EqualTo([new Work.PromoteDatabase("HEROKU_POSTGRESQL_YELLOW")]));

    [Test]
    public void Tells_another_revision() =>
        Assert.That(Differences([new Work.AlembicDowngrade("-1")], [new Work.AlembicDowngrade("0001")]), Is.EqualTo(["the plan says alembic downgrade -1; it goes back to 0001, which was found when the roll-out began"]));

    [Test]
    public void Tells_what_is_missing_on_either_side() =>
        Assert.That(Differences([Promote], [Code]), Is.EqualTo(["in the plan, but not needed as things stand: promote-database", "not in the plan, but done: roll the code back to v51"]));

    [Test]
    public void Leaves_to_people_what_only_people_can_do() =>
        Assert.That(Differences([new Work.Manual()], []), Is.EqualTo(["left to you: manual"]));

    [Test]
    public void Expects_of_a_plan_what_its_roll_out_will_have_changed() => Assert.That(
        WrittenRollback.Expected(new()
        {
            Backup = [Step(new Work.CreateRollbackDatabase("heroku-postgresql:standard-0", "HEROKU_POSTGRESQL_YELLOW")), Step(new Work.BackUpConfigVar("MYVAR"))],
            Deployment = [Step(new Work.MergePullRequest()), Step(new Work.SetConfigVar("A", "1")), Step(new Work.Deploy())],
            Rollback = [Step(Restore)],
        }).Select(work => work.Kind),
        Is.EqualTo(["roll-back-release", "promote-database", "restore-config-var", "restore-config-var"]));

    private static IReadOnlyList<string> Differences(Work[] written, Work[] computed) => WrittenRollback.Differences([.. written.Select(Step)], computed);

    private static PlannedStep Step(Work work) => new(work, work.Kind);
}
