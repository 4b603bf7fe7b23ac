using Cake.Core;
using Cake.Frosting.Tests.Running;

namespace Cake.Frosting.Tests;

public sealed class Lifetimes
{
    public sealed class Work : Told;

    public sealed class Break : Failing;

    public sealed class BadSetup : FrostingSetup<StoryContext>
    {
        public override void Setup(StoryContext context, ISetupContext info) => throw new CakeException(42, "no setup");
    }

    public sealed class BadTaskSetup : FrostingTaskSetup<StoryContext>
    {
        public override void Setup(StoryContext context, ITaskSetupContext info) => throw new CakeException(42, "no task setup");
    }

    public sealed class BadTeardown : FrostingTeardown<StoryContext>
    {
        public override void Teardown(StoryContext context, ITeardownContext info) => throw new InvalidOperationException("td");
    }

    public sealed class Before(Story story) : FrostingSetup
    {
        public override void Setup(ICakeContext context, ISetupContext info) => story.Add("before all");
    }

    public sealed class After(Story story) : FrostingTeardown
    {
        public override void Teardown(ICakeContext context, ITeardownContext info) => story.Add("after all");
    }

    public sealed class BeforeEach(Story story) : FrostingTaskSetup
    {
        public override void Setup(ICakeContext context, ITaskSetupContext info) => story.Add("before each");
    }

    public sealed class AfterEach(Story story) : FrostingTaskTeardown
    {
        public override void Teardown(ICakeContext context, ITaskTeardownContext info) => story.Add("after each");
    }

    /// <summary>Counts its objects: setup and teardown share one.</summary>
    public sealed class Pair(Story story) : FrostingLifetime
    {
        private string start = "nothing";

        public override void Setup(ICakeContext context, ISetupContext info) => start = "setup";

        public override void Teardown(ICakeContext context, ITeardownContext info) => story.Add($"remembers {start}");
    }

    /// <inheritdoc cref="Pair"/>
    public sealed class TaskPair(Story story) : FrostingTaskLifetime
    {
        private string start = "nothing";

        public override void Setup(ICakeContext context, ITaskSetupContext info) => start = info.Task.Name;

        public override void Teardown(ICakeContext context, ITaskTeardownContext info) => story.Add($"remembers {start}");
    }

    private static Build All => Build.Of(typeof(Work), typeof(Break));

    [Test]
    public void May_come_one_by_one()
    {
        var run = All
            .With(host => host.UseSetup<Before>().UseTeardown<After>().UseTaskSetup<BeforeEach>().UseTaskTeardown<AfterEach>())
            .Run("--target=Work");

        Assert.That(run.Story, Is.EqualTo(["before all", "before each", "Work", "after each", "after all"]));
    }

    [Test]
    public void Keep_what_they_know_from_setup_to_teardown()
    {
        var run = All.With(host => host.UseLifetime<Pair>().UseTaskLifetime<TaskPair>()).Run("--target=Work");

        Assert.That(run.Story, Is.EqualTo(["Work", "remembers Work", "remembers setup"]));
    }

    [Test]
    public void Are_the_last_ones_registered()
    {
        var run = All.With(host => host.UseSetup<BadSetup>().UseSetup<Before>()).Run("--target=Work");

        Assert.That(run.Story, Is.EqualTo(["before all", "Work"]));
    }

    [Test]
    public void Are_in_the_report_only_where_there_are_some()
    {
        var run = All.Run("--target=Work");

        Assert.That(run.Screen, Does.Not.Contain("Setup").And.Not.Contain("Teardown"));
    }

    [Test]
    public void Stop_the_run_where_setup_fails()
    {
        var run = All.With(host => host.UseSetup<BadSetup>().UseTeardown<After>()).Run("--target=Work");

        Assert.That(run.Story, Does.Not.Contain("Work"));
        Assert.That(run.Errors, Does.EndWith("Error: no setup"));
        Assert.That(run.ExitCode, Is.EqualTo(1));
    }

    [Test]
    public void Stop_the_run_where_task_setup_fails()
    {
        var run = All.With(host => host.UseTaskSetup<BadTaskSetup>()).Run("--target=Work");

        Assert.That(run.Story, Does.Not.Contain("Work"));
        Assert.That(run.Errors, Does.EndWith("Error: no task setup"));
        Assert.That(run.ExitCode, Is.EqualTo(1));
    }

    [Test]
    public void Fail_a_run_that_went_well_where_teardown_fails()
    {
        var run = All.With(host => host.UseTeardown<BadTeardown>()).Run("--target=Work");

        Assert.That(run.Errors, Is.EqualTo("An error occurred in a custom teardown action.\nError: td"));
        Assert.That(run.Screen, Does.Not.Contain("Total"));
        Assert.That(run.ExitCode, Is.EqualTo(1));
    }

    [Test]
    public void Leave_a_failed_task_the_last_word_where_teardown_fails_too()
    {
        var run = All.With(host => host.UseTeardown<BadTeardown>()).Run("--target=Break");

        Assert.That(run.Errors, Does.Contain("Teardown error: System.InvalidOperationException: td").And.EndsWith("Error: boom"));
        Assert.That(run.ExitCode, Is.EqualTo(1));
    }
}
