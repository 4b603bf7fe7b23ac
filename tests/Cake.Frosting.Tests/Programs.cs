using Cake.Frosting.Tests.Running;

namespace Cake.Frosting.Tests;

/// <summary>What a shell sees of a program: two streams and an exit code.</summary>
public sealed class Programs
{
    [Test]
    public async Task Run_the_tasks_of_their_own_and_of_other_assemblies()
    {
        var ended = await Program.RunAsync();

        Assert.That(Told(ended), Is.EqualTo(["Set up.", "Swept up.", "Fetched.", "hello from the host", "Torn down."]));
        Assert.That(ended.Output, Does.Match("Sweep-Up +00:00:00.0000000 +Succeeded"));
        Assert.That(ended.Errors, Is.Empty);
        Assert.That(ended.ExitCode, Is.Zero);
    }

    [TestCase("Fail", "An error occurred when executing task 'Fail'.\nError: boom")]
    [TestCase("Nope", "Error: The target 'Nope' was not found.")]
    [TestCase("Skip", "Error: Could not reach target 'Skip' since it was skipped due to a criteria: Not today..")]
    public async Task Say_what_went_wrong_on_the_error_stream(string target, string errors)
    {
        var ended = await Program.RunAsync($"--target={target}");

        Assert.That(ended.Errors, Is.EqualTo(errors));
        Assert.That(ended.Output, Does.Not.Contain("Error:"));
        Assert.That(ended.ExitCode, Is.EqualTo(1));
    }

    [TestCase("--name=")]
    [TestCase("stray")]
    [TestCase("--version=1.2.3")]
    public async Task Say_what_makes_no_sense_on_the_screen(string arg)
    {
        var ended = await Program.RunAsync(arg);

        Assert.That(ended.Output, Does.StartWith("Error:").And.Contain(arg));
        Assert.That(ended.Errors, Is.Empty);
        Assert.That(ended.ExitCode, Is.EqualTo(255));
    }

    [Test]
    public async Task Forgive_a_task_that_says_so()
    {
        var ended = await Program.RunAsync("--target=Forgiven");

        Assert.That(ended.Output, Does.Match("Forgiven +00:00:00.0000000 +Failed"));
        Assert.That(ended.ExitCode, Is.Zero);
    }

    [Test]
    public async Task Give_the_reason_for_a_skipped_task()
    {
        var ended = await Program.RunAsync("--target=AfterSkip");

        Assert.That(ended.Output, Does.Contain("Finally.").And.Match("Skip +- +Skipped +Not today."));
        Assert.That(ended.ExitCode, Is.Zero);
    }

    [TestCase("--help")]
    [TestCase("-h")]
    public async Task Explain_their_options(string option)
    {
        var ended = await Program.RunAsync(option);

        Approved.AssertSame("Help", ended.Output);
        Assert.That(ended.ExitCode, Is.Zero);
    }

    private static IEnumerable<string> Told(Ended ended) =>
        ended.Output.Split('\n').Where(line => line.EndsWith('.') || line.StartsWith("hello", StringComparison.Ordinal));
}
