using Cake.Frosting.Tests.Running;
using Elsewhere;

namespace Cake.Frosting.Tests;

public sealed class Dependencies
{
    public sealed class First : Told;

    [IsDependeeOf(typeof(Last))]
    public sealed class Between : Told;

    [IsDependentOn(typeof(First))]
    public sealed class Last : Told;

    [IsDependentOn(typeof(First))]
    public abstract class NeedsFirst : Told;

    public sealed class Heir : NeedsFirst;

    [IsDependentOn(typeof(Fetch))]
    public sealed class UsesFetch : Told;

    [IsDependentOn(typeof(Left))]
    public sealed class Right : Told;

    [IsDependentOn(typeof(Right))]
    public sealed class Left : Told;

    [IsDependentOn(typeof(string))]
    public sealed class NeedsText : Told;

    [IsDependeeOf(typeof(string))]
    public sealed class PrecedesText : Told;

    [Test]
    public void Run_first_as_do_those_that_declare_it_themselves()
    {
        var run = Build.Of(typeof(Last), typeof(Between), typeof(First)).Run("--target=Last");

        Assert.That(run.Story, Is.EquivalentTo(["First", "Between", "Last"]));
        Assert.That(run.Story[^1], Is.EqualTo("Last"));
    }

    [Test]
    public void Of_a_base_class_hold_for_its_children()
    {
        var run = Build.Of(typeof(Heir), typeof(First)).Run("--target=Heir");

        Assert.That(run.Story, Is.EqualTo(["First", "Heir"]));
    }

    [Test]
    public void Reach_into_other_assemblies()
    {
        var run = Build.Of(typeof(UsesFetch)).With(host => host.AddAssembly(typeof(Fetch).Assembly)).Run("--target=UsesFetch");

        var lines = run.Screen.Split('\n');
        Assert.That(Array.IndexOf(lines, "Swept up."), Is.Positive.And.LessThan(Array.IndexOf(lines, "Fetched.")));
        Assert.That(run.Story, Is.EqualTo(["UsesFetch"]));
        Assert.That(run.ExitCode, Is.Zero);
    }

    [Test]
    public void Must_exist()
    {
        var run = Build.Of(typeof(Last)).Run("--target=Last");

        Assert.That(run.Errors, Is.EqualTo("Error: Task 'Last' is dependent on task 'First' which does not exist."));
        Assert.That(run.ExitCode, Is.EqualTo(1));
    }

    [Test]
    public void Must_not_go_both_ways()
    {
        var run = Build.Of(typeof(Left), typeof(Right)).Run("--target=Left");

        Assert.That(run.Errors, Does.StartWith("Error: Unidirectional edges in graph are not allowed."));
        Assert.That(run.ExitCode, Is.EqualTo(1));
    }

    [TestCase(typeof(NeedsText))]
    [TestCase(typeof(PrecedesText))]
    public void Must_be_tasks(Type task)
    {
        var run = Build.Of(task).Run($"--target={task.Name}");

        Assert.That(run.Errors, Is.EqualTo($"Error: Task '{task.Name}' names 'System.String' in a dependency, which is not a task."));
        Assert.That(run.ExitCode, Is.EqualTo(1));
    }
}
