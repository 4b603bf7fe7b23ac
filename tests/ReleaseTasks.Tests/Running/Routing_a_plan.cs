using ReleaseTasks.Plans;
using ReleaseTasks.Running;

namespace ReleaseTasks.Tests.Running;

public sealed class Routing_a_plan
{
    [Test]
    public void Takes_the_backups_before_the_rollback_database_and_leaves_the_destroying_for_later()
    {
        var plan = new RolloutPlan
        {
            Backup = [Step(new Work.CreateRollbackDatabase("heroku-postgresql:standard-0", "HEROKU_POSTGRESQL_YELLOW")), Step(new Work.BackUpConfigVar("MYVAR"))],
            Deployment = [Step(new Work.NotifyUsers()), Step(new Work.MergePullRequest()), Step(new Work.MaintenanceOn()), Step(new Work.Deploy()), Step(new Work.MaintenanceOff()), Step(new Work.DestroyAddon("HEROKU_POSTGRESQL_SILVER", Later: true))],
        };

        Assert.That(Lines(plan), Is.EqualTo(
        [
            "Backup back-up-config-var", "Backup back-up-database", "CreateRollbackDb create-rollback-database", "NotifyUsers notify-users",
            "MergePullRequest merge-pull-request", "MaintenanceOn maintenance-on", "Release deploy", "MaintenanceOff maintenance-off",
        ]));
    }

    [Test]
    public void Does_what_stands_between_on_the_way_to_the_next_station()
    {
        var plan = new RolloutPlan
        {
            Facts = new() { None = [PlanPart.Backup] },
            Deployment = [Step(new Work.MergePullRequest()), Step(new Work.SetConfigVar("A", "1")), Step(new Work.Deploy()), Step(new Work.CheckByHand())],
        };

        Assert.That(Lines(plan), Is.EqualTo(["MergePullRequest merge-pull-request", "Release set-config-var", "Release deploy", "Deploy check-by-hand"]));
    }

    [Test]
    public void Releases_what_a_plan_only_merges()
    {
        var plan = new RolloutPlan { Facts = new() { None = [PlanPart.Backup] }, Deployment = [Step(new Work.MergePullRequest())] };

        Assert.That(Lines(plan), Is.EqualTo(["MergePullRequest merge-pull-request", "Release deploy"]));
    }

    private static PlannedStep Step(Work work) => new(work, work.Kind);

    private static IEnumerable<string> Lines(RolloutPlan plan) => Route.Of(plan).Select(leg => $"{leg.Station} {leg.Step.Work.Kind}");
}
