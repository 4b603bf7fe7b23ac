using Cake.Frosting.Tests.Running;

namespace Cake.Frosting.Tests;

public sealed class Criteria
{
    public sealed class Skip : Told
    {
        public override bool ShouldRun(StoryContext context) => false;
    }

    public sealed class SkipWithReason : Told, IFrostingTask
    {
        string IFrostingTask.SkippedMessage => "Not today.";

        public override bool ShouldRun(StoryContext context) => false;
    }

    public sealed class Agree : Told
    {
        public override bool ShouldRun(StoryContext context) => context.Story.Count > 0;
    }

    [IsDependentOn(typeof(Skip))]
    [IsDependentOn(typeof(SkipWithReason))]
    public sealed class AfterSkips : Told;

    private static Build All => Build
        .Of(typeof(Skip), typeof(SkipWithReason), typeof(Agree), typeof(AfterSkips))
        .With(host => host.UseLifetime<Narrator>().UseTaskLifetime<Narrator>());

    [Test]
    public void Fail_a_target_they_skip()
    {
        var run = All.Run("--target=Skip");

        Assert.That(run.Story, Is.EqualTo([
            "set up Skip for Skip",
            "tear down badly: Could not reach target 'Skip' since it was skipped due to a criteria."]));
        Assert.That(run.Errors, Is.EqualTo("Error: Could not reach target 'Skip' since it was skipped due to a criteria."));
        Assert.That(run.ExitCode, Is.EqualTo(1));
    }

    [Test]
    public void Skip_a_dependency_but_not_its_dependants()
    {
        var run = All.Run("--target=AfterSkips");

        Assert.That(run.Story, Does.Contain("AfterSkips").And.Not.Contain("Skip"));
        Assert.That(run.Screen, Does.Match(@"Skip +- +Skipped").And.Match("SkipWithRea.* - .*Skipped .*Not today"));
        Assert.That(run.Screen, Does.Contain("Skip Reason"));
        Assert.That(run.ExitCode, Is.Zero);
    }

    [Test]
    public void Show_no_column_for_reasons_where_there_are_none()
    {
        var run = All.Run("--target=Agree");

        Assert.That(run.Screen, Does.Not.Contain("Skip Reason"));
    }

    [Test]
    public void Are_asked_when_the_turn_comes()
    {
        var run = All.Run("--target=Agree");

        Assert.That(run.Story, Does.Contain("Agree"));
    }
}
