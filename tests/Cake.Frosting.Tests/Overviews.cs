using Cake.Frosting.Tests.Running;

namespace Cake.Frosting.Tests;

public sealed class Overviews
{
    [TaskDescription("Clean the field")]
    public sealed class Clean : Told;

    [TaskDescription("Sow the seeds")]
    [IsDependentOn(typeof(Clean))]
    public sealed class Sow : Told;

    /// <remarks>Cake's tree knows nothing of dependees.</remarks>
    [IsDependeeOf(typeof(Sow))]
    public sealed class Pray : Told;

    public sealed class Rest : Told
    {
        public override bool ShouldRun(StoryContext context) => false;
    }

    private static Build Farm => Build
        .Of(typeof(Sow), typeof(Clean), typeof(Pray), typeof(Rest))
        .With(host => host.UseLifetime<Narrator>().UseTaskLifetime<Narrator>());

    [TestCase("--tree")]
    [TestCase("--showtree")]
    public void Show_a_tree_of_all_root_tasks_whatever_the_target(string option)
    {
        var run = Farm.Run(option, "--target=Clean");

        Assert.That(run.Screen, Is.EqualTo("""
            Rest

            Sow
            └─Clean
            """.ReplaceLineEndings("\n")));
        Assert.That(run.Story, Is.Empty);
        Assert.That(run.ExitCode, Is.Zero);
    }

    [TestCase("--description")]
    [TestCase("--descriptions")]
    [TestCase("--showdescription")]
    [TestCase("--showdescriptions")]
    public void Describe_the_tasks_in_the_order_they_were_found(string option)
    {
        var run = Farm.Run(option);

        Approved.AssertSame("Description", run.Screen);
        Assert.That(run.Story, Is.Empty);
        Assert.That(run.ExitCode, Is.Zero);
    }

    [TestCase("--dryrun")]
    [TestCase("--noop")]
    [TestCase("--whatif")]
    public void Number_the_tasks_of_a_dry_run_between_real_setup_and_teardown(string option)
    {
        var run = Farm.Run(option, "--target=Sow");

        Assert.That(run.Screen, Does.Contain("1. Clean").And.Contain("3. Sow").And.Contain("No tasks were actually executed."));
        Assert.That(run.Story, Has.Count.EqualTo(2).And.Some.StartsWith("set up").And.Some.EqualTo("tear down well"));
        Assert.That(run.ExitCode, Is.Zero);
    }

    [Test]
    public void Fail_a_dry_run_of_a_target_that_would_be_skipped()
    {
        Assert.That(Farm.Run("--dryrun", "--target=Rest").ExitCode, Is.EqualTo(1));
    }

    [TestCase("--tree", "--dryrun", "--target=Sow")]
    [TestCase("--description", "--dryrun", "--target=Sow")]
    [TestCase("--description", "--tree", "--target=Sow")]
    public void Win_over_those_that_do_more(params string[] args)
    {
        Assert.That(Farm.Run(args).Story, Is.Empty);
    }

    [TestCase("--version")]
    [TestCase("--ver")]
    [TestCase("--info")]
    public void Tell_the_version_and_nothing_else(string option)
    {
        var run = Farm.Run(option, "--target=Sow");

        Assert.That(run.Screen, Does.Contain("Unknown"));
        Assert.That(run.Story, Is.Empty);
        Assert.That(run.ExitCode, Is.Zero);
    }
}
