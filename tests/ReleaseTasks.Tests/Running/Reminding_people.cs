namespace ReleaseTasks.Tests.Running;

/// <summary>Reviewers are reminded one by one, and by what the chat calls them.</summary>
public sealed class Reminding_people
{
    [Test]
    public async Task Goes_on_after_who_cannot_be_reached_and_says_so_in_the_end()
    {
        await using var stage = await Stage.SetAsync();
        stage.Options = stage.Options with
        {
            LeadingDevelopers = ["dz0ny", "karantan", "gurvankervern"],
            Reminders = new() { Chat = TimeSpan.FromTicks(1), PrivateMessage = TimeSpan.FromTicks(2), StandUp = TimeSpan.FromDays(10_000) },
            DeploymentWindow = new() { From = new(0, 0), To = new(23, 59) },
            Chat = new()
            {
                SlackChannel = "#releases",
                People = new Dictionary<string, string> { ["karantan"] = "nobody@example.com", ["gurvankervern"] = "gur@example.com" },
            },
        };
        var slack = stage.Sandbox.World.Slack;
        slack.AddUser("gurvankervern", "gur@example.com");
        await stage.SurroundAsync(slack.BotEnvironment(stage.Address).Select(variable => (variable.Key, variable.Value)));
        stage.Sandbox.World.GitHub.World.FindRepository("zupo", "sushi")!.Issues.Single(issue => issue.Number == 3).Pull!.Reviews.Clear();

        var failed = await Assert.ThrowsAsync<StepFailedException>(() => stage.RunAsync(run => run.RemindReviewersAsync(default)));

        Assert.That(failed!.ExitCode, Is.EqualTo(ExitCode.Failed));
        Assert.That(failed.Message.Split(System.Environment.NewLine), Is.EqualTo(
        [
            "#3: dz0ny was not reminded: chat/people has no Slack user id and no e-mail address of 'dz0ny'.",
            "#3: karantan was not reminded: Slack didn't find 'nobody@example.com': users_not_found.",
        ]));
        Assert.That(stage.Printed, Does.Contain("#3: reminded gurvankervern."));
        Assert.That(slack.Messages.Single().Text, Does.StartWith("#3 ").And.Contain("waits for a review since"));
    }
}
