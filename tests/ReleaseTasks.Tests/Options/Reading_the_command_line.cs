using ReleaseTasks.Options;

namespace ReleaseTasks.Tests.Options;

public sealed class Reading_the_command_line
{
    [Test]
    public void Tells_targets_from_arguments()
    {
        var line = CommandLine.Parse(["--target=Plan", "-t", "Deploy", "--pr=3", "--Confirm", "sushi", "--dryrun", "--flag"]);

        Assert.That(line.Targets, Is.EqualTo(["Plan", "Deploy"]));
        Assert.That(line.Arguments.Select(argument => $"{argument.Key}={argument.Value}"), Is.EqualTo(["pr=3", "Confirm=sushi", "flag=true"]));
        Assert.That(line.Arguments["CONFIRM"], Is.EqualTo("sushi"));
        Assert.That(line.Problems, Is.Empty);
        Assert.That(line.OnlyInforms, Is.False);
    }

    [TestCase("Deploy", "'Deploy' stands alone. Targets are written --target=NAME, other arguments --name=value.")]
    [TestCase("--pr=", "--pr=: the value is missing.")]
    [TestCase("--target", "--target: the value is missing.")]
    [TestCase("--tree=yes", "--tree takes no value.")]
    public void Refuses_what_would_be_misunderstood(string argument, string problem)
    {
        Assert.That(CommandLine.Parse([argument]).Problems, Is.EqualTo([problem]));
    }

    [Test]
    public void Shows_no_more_than_the_beginning_of_a_stray_word()
    {
        Assert.That(CommandLine.Parse(["0123456789012345678901234567890123456789"]).Problems.Single(), Does.StartWith("'01234567…'"));
    }

    [TestCase("--tree")]
    [TestCase("--version")]
    [TestCase("--description")]
    public void Knows_what_only_informs(string option)
    {
        Assert.That(CommandLine.Parse([option]).OnlyInforms, Is.True);
    }
}
