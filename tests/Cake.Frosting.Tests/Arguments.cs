using Cake.Common;
using Cake.Frosting.Tests.Running;

namespace Cake.Frosting.Tests;

public sealed class Arguments
{
    public sealed class Ask : FrostingTask<StoryContext>
    {
        public override void Run(StoryContext context)
        {
            context.Story.Add(context.HasArgument("name") ? "has it" : "hasn't");
            context.Story.Add(context.Argument("name", "def"));
            context.Story.AddRange(context.Arguments.GetArguments("name"));
        }
    }

    public sealed class AskForNumber : FrostingTask<StoryContext>
    {
        public override void Run(StoryContext context) => context.Story.Add($"{context.Argument<int>("name") + 1}");
    }

    public sealed class AskForFlag : FrostingTask<StoryContext>
    {
        public override void Run(StoryContext context) => context.Story.Add($"{context.HasArgument("name")} {context.Argument("name", false)}");
    }

    public sealed class AskForOptions : FrostingTask<StoryContext>
    {
        public override void Run(StoryContext context) => context.Story.Add(
            $"{context.Argument("target", "")} {context.HasArgument("verbosity")} {context.HasArgument("exclusive")} {context.HasArgument("working")}");
    }

    private static Outcome Run<T>(params string[] args) =>
        Build.Of(typeof(T)).Run([$"--target={typeof(T).Name}", .. args]);

    [TestCase("--name=v")]
    [TestCase("--name", "v")]
    [TestCase("--NAME=v")]
    [TestCase("--", "--name=v")]
    public void Have_a_value(params string[] args)
    {
        Assert.That(Run<Ask>(args).Story, Is.EqualTo(["has it", "v", "v"]));
    }

    [TestCase("--name=1=2", "1=2")]
    [TestCase("--name=-5", "-5")]
    [TestCase("--name= with spaces ", " with spaces ")]
    public void Keep_their_value_as_it_was_written(string arg, string value)
    {
        Assert.That(Run<Ask>(arg).Story, Is.EqualTo(["has it", value, value]));
    }

    [Test]
    public void Repeat()
    {
        Assert.That(Run<Ask>("--name=v1", "--name", "v2").Story, Is.EqualTo(["has it", "v2", "v1", "v2"]));
    }

    [Test]
    public void May_be_missing()
    {
        Assert.That(Run<Ask>("--other=v").Story, Is.EqualTo(["hasn't", "def"]));
    }

    [Test]
    public void May_be_empty()
    {
        Assert.That(Run<Ask>("--name", "").Story, Is.EqualTo(["has it", "", ""]));
    }

    [TestCase("--name", "True False")]
    [TestCase("--name=true", "True True")]
    public void May_be_switches(string arg, string answer)
    {
        Assert.That(Run<AskForFlag>(arg).Story, Is.EqualTo([answer]));
    }

    [Test]
    public void Become_what_the_task_asks_for()
    {
        Assert.That(Run<AskForNumber>("--name=41").Story, Is.EqualTo(["42"]));
    }

    [Test]
    public void Must_be_what_the_task_asks_for()
    {
        var run = Run<AskForNumber>("--name=abc");

        Assert.That(run.Errors, Does.Contain("abc is not a valid value for Int32."));
        Assert.That(run.ExitCode, Is.EqualTo(1));
    }

    [Test]
    public void Do_not_include_the_options_of_the_host_save_the_target()
    {
        Assert.That(Run<AskForOptions>("--exclusive", "--verbosity=normal", "--working=.").Story, Is.EqualTo(["AskForOptions False False False"]));
    }

    [TestCase("--name=")]
    [TestCase("stray")]
    [TestCase("--version=1.2.3")]
    [TestCase("--verbosity=loud")]
    public void That_make_no_sense_stop_everything(string arg)
    {
        var run = Run<Ask>(arg);

        Assert.That(run.Story, Is.Empty);
        Assert.That(run.ExitCode, Is.EqualTo(-1));
    }
}
