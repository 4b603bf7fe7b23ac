using System.Reflection;
using Cake.Core;
using Cake.Frosting.Tests.Running;

namespace Cake.Frosting.Tests;

public sealed class TaskClasses
{
    public sealed class Plain : Told;

    [TaskName("plain")]
    public sealed class SameName : Told;

    [TaskName("A better name")]
    public sealed class Named : Told;

    public sealed class Slow : AsyncFrostingTask<StoryContext>
    {
        public override async Task RunAsync(StoryContext context)
        {
            await Task.Yield();
            context.Story.Add("slow");
        }
    }

    [IsDependentOn(typeof(Slow))]
    public sealed class Gather : FrostingTask;

    [IsDependentOn(typeof(Gather))]
    public sealed class GatherMore : AsyncFrostingTask;

    public sealed class Injected(Story story, IServiceProvider services) : FrostingTask
    {
        public override void Run(ICakeContext context) =>
            story.Add($"{ReferenceEquals(story, services.GetService(typeof(Story)))} {ReferenceEquals(story, context.ServiceProvider.GetService(typeof(Story)))}");
    }

    public class OtherContext(ICakeContext context) : FrostingContext(context);

    public abstract class Middle : FrostingTask<OtherContext>;

    public sealed class Stranger : Middle
    {
        public override void Run(OtherContext context) => throw new InvalidOperationException();
    }

    public abstract class Shouting : Told
    {
        public override void Run(StoryContext context) => context.Story.Add("HEY");
    }

    public sealed class Quiet : Shouting;

    public abstract class Unfinished : Told;

    public class Open<T> : Told;

    private sealed class Torn : Assembly
    {
        public override Type[] GetExportedTypes() => throw new FileNotFoundException("A reference is missing.");
    }

    public sealed class ByHand : IFrostingTask
    {
        public Task RunAsync(ICakeContext context) => Task.CompletedTask;

        public bool ShouldRun(ICakeContext context) => true;

        public void OnError(Exception exception, ICakeContext context)
        {
        }

        public void Finally(ICakeContext context)
        {
        }
    }

    [Test]
    public void May_have_another_name()
    {
        Assert.That(Build.Of(typeof(Named)).Run("--target=A better name").Story, Is.EqualTo(["Named"]));
    }

    [Test]
    public void Must_not_share_a_name_whatever_its_case()
    {
        var run = Build.Of(typeof(Plain), typeof(SameName)).Run("--target=Plain");

        Assert.That(run.Errors, Is.EqualTo("Error: Another task with the name 'plain' has already been added."));
        Assert.That(run.ExitCode, Is.EqualTo(1));
    }

    [Test]
    public void Without_a_Run_of_their_own_bring_others_together()
    {
        var run = Build.Of(typeof(Slow), typeof(Gather), typeof(GatherMore)).Run("--target=GatherMore");

        Assert.That(run.Story, Is.EqualTo(["slow"]));
        Assert.That(run.Screen, Does.Match("GatherMore +00:00:00.0000000 +Succeeded"));
        Assert.That(run.ExitCode, Is.Zero);
    }

    [Test]
    public void Get_services_through_their_constructor()
    {
        Assert.That(Build.Of(typeof(Injected)).Run("--target=Injected").Story, Is.EqualTo(["True True"]));
    }

    [Test]
    public void For_another_context_do_not_exist_however_deep_it_is_declared()
    {
        var build = Build.Of(typeof(Plain), typeof(Stranger));

        var run = build.Run("--target=Plain");
        Assert.That(run.Screen, Does.StartWith($"Task 'Stranger' is left out: it needs the context {typeof(OtherContext)}, but this host's is {typeof(StoryContext)}."));
        Assert.That(run.Story, Is.EqualTo(["Plain"]));
        Assert.That(run.ExitCode, Is.Zero);

        Assert.That(build.Run("--target=Stranger").Errors, Is.EqualTo("Error: The target 'Stranger' was not found."));
    }

    [Test]
    public void Inherit_what_a_class_in_between_does()
    {
        Assert.That(Build.Of(typeof(Quiet)).Run("--target=Quiet").Story, Is.EqualTo(["HEY"]));
    }

    [TestCase(typeof(Unfinished))]
    [TestCase(typeof(Open<>))]
    public void That_cannot_be_created_are_none(Type type)
    {
        Assert.That(Build.Of(type).Run($"--target={type.Name}").Errors, Is.EqualTo($"Error: The target '{type.Name}' was not found."));
    }

    [Test]
    public void Of_an_assembly_that_does_not_load_fail_the_run()
    {
        Assert.That(Build.Of(typeof(Plain)).With(host => host.AddAssembly(new Torn())).Run("--target=Plain").ExitCode, Is.EqualTo(1));
    }

    [Test]
    public void Must_derive_from_a_base_class_of_Frosting()
    {
        var run = Build.Of(typeof(ByHand)).Run("--target=ByHand");

        Assert.That(run.Errors, Is.EqualTo("Error: Task 'ByHand' must derive from FrostingTask<T> or AsyncFrostingTask<T>."));
        Assert.That(run.ExitCode, Is.EqualTo(1));
    }

    [Test]
    public void Of_an_assembly_added_twice_count_once()
    {
        var sketch = new Sketch(typeof(Plain));

        Assert.That(Build.Of().With(host => host.AddAssembly(sketch).AddAssembly(sketch)).Run("--target=Plain").ExitCode, Is.Zero);
    }

    [Test]
    public void Check_what_they_are_given()
    {
        IFrostingTask task = new Plain();

        Assert.That(() => task.RunAsync(null!), Throws.ArgumentNullException);
        Assert.That(() => task.OnError(null!, null!), Throws.ArgumentNullException);
        Assert.That(task.SkippedMessage, Is.Empty);
    }
}
