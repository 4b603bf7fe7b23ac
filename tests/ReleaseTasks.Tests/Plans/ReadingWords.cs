using ReleaseTasks.Plans;

namespace ReleaseTasks.Tests.Plans;

public sealed class ReadingWords
{
    private static readonly object[] Known =
    [
        new object[] { "Merge PR into master", new Work.MergePullRequest() },
        new object[] { "merge this pull request to `main`.", new Work.MergePullRequest() },
        new object[] { "Merge PR #3 into master", new Work.MergePullRequest(3) },
        new object[] { "Set application into maintenance mode", new Work.MaintenanceOn() },
        new object[] { "Enable maintenance mode", new Work.MaintenanceOn() },
        new object[] { "Turn maintenance mode off", new Work.MaintenanceOff() },
        new object[] { "Disable maintenance mode:", new Work.MaintenanceOff() },
        new object[] { "Deploy app new release, it may take up to 40 minutes because of complex migration", new Work.Deploy(TimeSpan.FromMinutes(40)) },
        new object[] { "Deploy to production (about 1.5 hours)", new Work.Deploy(TimeSpan.FromMinutes(90)) },
        new object[] { "Deploy", new Work.Deploy() },
        new object[] { "Notify end users about this changes", new Work.NotifyUsers() },
        new object[] { "Notify end users that the app will be closed", new Work.NotifyUsers("The app will be closed") },
        new object[] { "Notify users: \"we'll be back at 10:30\"", new Work.NotifyUsers("We'll be back at 10:30") },
        new object[] { "Backup production database", new Work.BackUpDatabase() },
        new object[] { "Backup `MYVAR` variable value", new Work.BackUpConfigVar("MYVAR") },
        new object[] { "Rollback `MYVAR` variable value", new Work.RestoreConfigVar("MYVAR") },
        new object[] { "Rollback release to previous revision", new Work.RollBackRelease() },
        new object[] { "Restart the worker", new Work.Restart("worker") },
        new object[] { "Restart all dynos", new Work.Restart() },
        new object[] { "Monitor papertrail", new Work.WatchLogs() },
        new object[] { "Keep an eye on getsentry", new Work.WatchErrors() },
        new object[] { "Smoke test: https://sushi.example.com/", new Work.SmokeTest(new("https://sushi.example.com/")) },
        new object[] { "check that https://sushi.example.com/health answers 200", new Work.SmokeTest(new("https://sushi.example.com/health")) },
        new object[] { "Smoke test: open https://sushi.example.com/ and log in as an admin", new Work.CheckByHand() },
        new object[] { "Implementation verification: test production", new Work.CheckByHand() },
    ];

    [TestCaseSource(nameof(Known))]
    public void Knows_the_procedures_sentences(string words, Work work) => Assert.That(Read(words), Is.EqualTo(work));

    [TestCase("Merge PR into master if dz0ny agrees")]
    [TestCase("Merge PR into master, then deploy")]
    [TestCase("Merge the other branch into this one")]
    [TestCase("Don't merge PR into master")]
    [TestCase("Deploy the documentation")]
    [TestCase("Deploy app to staging")]
    [TestCase("Deploy app new release unless it's Friday")]
    [TestCase("Deploy app, it takes 5 minutes, and restart the worker")]
    [TestCase("Deploy app, it may take up to 4႒0 minutes")]
    [TestCase("Notify dz0ny")]
    [TestCase("Notify users if the migration takes longer")]
    [TestCase("Set application into maintenance mode, but not the API")]
    [TestCase("Rollback MYVAR")]
    [TestCase("make a revert commit and redeploy.")]
    [TestCase("Backup Redis database")]
    public void Leaves_a_sentence_with_more_in_it_to_a_person(string words) => Assert.That(Read(words), Is.EqualTo(new Work.Manual()));

    private static Work Read(string words) => PlanMarkdown.Parse($"**Deployment steps**:\n1. [ ] {words}\n").Plan!.Deployment.Single().Work;
}
