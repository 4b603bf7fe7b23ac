using Cake.Core;
using Cake.Frosting.Tests.Running;

namespace Cake.Frosting.Tests;

public sealed class Failures
{
    public sealed class Break : Failing
    {
        public override void Finally(StoryContext context) => context.Story.Add("finally");
    }

    [ContinueOnError]
    public sealed class Shrug : Failing;

    public sealed class Handle : Failing
    {
        public override void OnError(Exception exception, StoryContext context) => context.Story.Add($"handled {exception.Message}");
    }

    public sealed class Rethrow : Failing
    {
        public override void OnError(Exception exception, StoryContext context) => throw new InvalidOperationException($"{exception.Message}, again");
    }

    public sealed class Quit : FrostingTask<StoryContext>
    {
        public override void Run(StoryContext context) => throw new CakeException(42, "quit");
    }

    public sealed class QuitLater : AsyncFrostingTask<StoryContext>
    {
        public override async Task RunAsync(StoryContext context)
        {
            await Task.Yield();
            throw new CakeException(42, "quit later");
        }
    }

    [IsDependentOn(typeof(Break))]
    public sealed class AfterBreak : Told;

    [IsDependentOn(typeof(Shrug))]
    public sealed class AfterShrug : Told;

    [IsDependentOn(typeof(Handle))]
    public sealed class AfterHandle : Told;

    private static Build All => Build
        .Of(
            typeof(Break), typeof(Shrug), typeof(Handle), typeof(Rethrow), typeof(Quit), typeof(QuitLater),
            typeof(AfterBreak), typeof(AfterShrug), typeof(AfterHandle))
        .With(host => host.UseLifetime<Narrator>().UseTaskLifetime<Narrator>());

    [Test]
    public void End_the_run_but_not_before_all_teardowns()
    {
        var run = All.Run("--target=AfterBreak");

        Assert.That(run.Story, Is.EqualTo([
            "set up Break, AfterBreak for AfterBreak", "before Break", "finally", "after Break badly: boom", "tear down badly: boom"]));
        Assert.That(run.Errors, Is.EqualTo("An error occurred when executing task 'Break'.\nError: boom"));
        Assert.That(run.Screen, Does.Match("Break +00:00:00.0000000 +Failed"));
        Assert.That(run.ExitCode, Is.EqualTo(1));
    }

    [TestCase("Quit", "quit")]
    [TestCase("QuitLater", "quit later")]
    public void Of_tasks_lose_the_exit_code_of_their_exception(string target, string message)
    {
        var run = All.Run($"--target={target}");

        Assert.That(run.Errors, Does.EndWith($"Error: {message}"));
        Assert.That(run.ExitCode, Is.EqualTo(1));
    }

    [Test]
    public void Are_only_reported_where_the_task_says_to_continue()
    {
        var run = All.Run("--target=AfterShrug");

        Assert.That(run.Story, Does.Contain("AfterShrug").And.Contain("tear down well"));
        Assert.That(run.Screen, Does.Match("Shrug +00:00:00.0000000 +Failed"));
        Assert.That(run.Errors, Does.Not.Contain("Error:"));
        Assert.That(run.ExitCode, Is.Zero);
    }

    [Test]
    public void Are_handled_by_OnError()
    {
        var run = All.Run("--target=AfterHandle");

        Assert.That(run.Story, Does.Contain("handled boom").And.Contain("AfterHandle").And.Contain("tear down well"));
        Assert.That(run.ExitCode, Is.Zero);
    }

    [Test]
    public void Stay_failures_where_OnError_throws()
    {
        var run = All.Run("--target=Rethrow");

        Assert.That(run.Errors, Does.EndWith("Error: boom, again"));
        Assert.That(run.ExitCode, Is.EqualTo(1));
    }
}
