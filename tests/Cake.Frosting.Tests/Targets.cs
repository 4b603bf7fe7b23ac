using Cake.Frosting.Tests.Running;

namespace Cake.Frosting.Tests;

public sealed class Targets
{
    public sealed class Wash : Told;

    [IsDependentOn(typeof(Wash))]
    public sealed class Slice : Told;

    [IsDependentOn(typeof(Wash))]
    public sealed class Cook : Told;

    [IsDependentOn(typeof(Slice))]
    [IsDependentOn(typeof(Cook))]
    public sealed class Default : Told;

    private static Build Kitchen => Build.Of(typeof(Default), typeof(Cook), typeof(Slice), typeof(Wash)).With(host => host.UseLifetime<Narrator>());

    [TestCase("--target=Slice")]
    [TestCase("--target", "Slice")]
    [TestCase("--Target=Slice")]
    [TestCase("-t", "Slice")]
    [TestCase("--target=sLICE")]
    public void Run_after_what_they_depend_on(params string[] args)
    {
        var run = Kitchen.Run(args);

        Assert.That(run.Story, Is.EqualTo(["set up Wash, Slice for Slice", "Wash", "Slice", "tear down well"]));
        Assert.That(run.ExitCode, Is.Zero);
    }

    [Test]
    public void Are_Default_where_none_is_named()
    {
        var run = Kitchen.Run();

        Assert.That(run.Story, Is.EqualTo(["set up Wash, Slice, Cook, Default for Default", "Wash", "Slice", "Cook", "Default", "tear down well"]));
    }

    [Test]
    public void Run_in_the_order_given_and_share_what_they_depend_on()
    {
        var run = Kitchen.Run("--target=Cook", "--target=Slice");

        Assert.That(run.Story, Is.EqualTo(["set up Wash, Cook, Slice for Cook", "Wash", "Cook", "Slice", "tear down well"]));
        Assert.That(run.ExitCode, Is.Zero);
    }

    [Test]
    public void Run_one_graph_each_where_the_setting_says_so()
    {
        var run = Kitchen.Run("--target=Cook", "--target=Slice", "--Settings_UnifiedDependencyGraphForMultipleTargets=false");

        Assert.That(run.Story.Count(line => line == "Wash"), Is.EqualTo(2));
    }

    [TestCase("--exclusive")]
    [TestCase("-e")]
    public void Run_alone_when_exclusive(string option)
    {
        var run = Kitchen.Run("--target=Slice", option);

        Assert.That(run.Story, Is.EqualTo(["set up Wash, Slice for Slice", "Slice", "tear down well"]));
        Assert.That(run.ExitCode, Is.Zero);
    }

    [Test]
    public void Must_exist()
    {
        var run = Kitchen.Run("--target=Bake");

        Assert.That(run.Errors, Is.EqualTo("Error: The target 'Bake' was not found."));
        Assert.That(run.Screen, Is.Empty);
        Assert.That(run.Story, Is.Empty);
        Assert.That(run.ExitCode, Is.EqualTo(1));
    }

    [Test]
    public void Must_be_named_where_there_is_no_Default()
    {
        var run = Build.Of(typeof(Wash)).Run();

        Assert.That(run.Errors, Is.EqualTo("Error: The target 'Default' was not found."));
        Assert.That(run.ExitCode, Is.EqualTo(1));
    }

    [Test]
    public void End_in_a_report()
    {
        var run = Kitchen.Run("--target=Slice");

        Approved.AssertSame("Report", run.Screen);
    }

    [TestCase("--no-report")]
    [TestCase("--settings_noreport=true")]
    public void End_without_a_report_when_asked(string option)
    {
        var run = Build.Of(typeof(Wash)).Run("--target=Wash", option);

        Assert.That(run.Screen, Does.Contain("Wash").And.Not.Contain("Total"));
        Assert.That(run.ExitCode, Is.Zero);
    }
}
