namespace ReleaseTasks.EndToEnd.RollOuts;

/// <summary>What can't be understood is refused before anything happens, all of it at once, with 2.</summary>
[Platform(Exclude = "Win")]
public sealed class Wrong_arguments
{
    private Checkout _checkout = null!;

    [OneTimeSetUp]
    public async Task Make_a_checkout() => _checkout = await Checkout.CreateAsync(default);

    [OneTimeTearDown]
    public async Task Remove_it() => await _checkout.DisposeAsync();

    [TestCase("--target=Depoy", "--target=Depoy: unknown target. Did you mean 'Deploy'? --tree shows them all.")]
    [TestCase("--taget=Deploy", "--taget: unknown argument. Did you mean 'target'?")]
    [TestCase("Deploy", "'Deploy' stands alone. Targets are written --target=NAME, other arguments --name=value.")]
    [TestCase("--target=Plan --pr=abc", "--pr=abc: must be the number of a pull request.")]
    [TestCase("--target=Plan --pr=", "--pr=: the value is missing.")]
    [TestCase("--target=Plan --deploymentWindow:timeZone=CEST", "release.json: deploymentWindow/timeZone: 'CEST' is not an IANA zone. Did you mean 'Europe/Ljubljana'?")]
    [TestCase("--target=Deploy --on-failure=panic", "--on-failure=panic: must be 'stop' or 'rollback'.")]
    [TestCase("--target=Preflight --format=json", "--format=json: Preflight writes text only; CheckPlan, Plan, Status write JSON.")]
    [TestCase("--target=Preflight --check-run", "--check-run: CheckPlan alone publishes one.")]
    public async Task Are_refused_by_name(string arguments, string problem)
    {
        var run = await _checkout.RunAsync(arguments.Split(' '));

        Assert.That(run.ExitCode, Is.EqualTo(2), run.ToString());
        Assert.That(run.Errors, Does.Contain(problem).And.Contain("Nothing was changed."));
        Assert.That(Directory.Exists(_checkout.PathOf(".sandbox")), Is.False, "nothing was even started");
    }

    [Test]
    public async Task Are_listed_together_with_the_faults_of_the_settings()
    {
        await using var checkout = await Checkout.CreateAsync(default);
        await File.WriteAllTextAsync(checkout.PathOf("build", "release.json"), """{ "app": "Sushi", "repository": "zupo/sushi", "leadingDevelopers": ["zupo"], "aap": 1 }""");

        var run = await checkout.RunAsync("--target=Depoy", "--pr=x");

        Assert.That(run.ExitCode, Is.EqualTo(2), run.ToString());
        Assert.That(run.Errors, Does.Contain("--target=Depoy: unknown target").And.Contain("--pr=x: must be").And.Contain("release.json: aap: unknown setting. Did you mean 'app'?"));
    }

    [Test]
    public async Task In_production_say_which_token_is_missing()
    {
        await using var checkout = await Checkout.CreateAsync(default);
        checkout.Environment["HEROKU_API_KEY"] = null;
        checkout.Environment["GITHUB_TOKEN"] = null;
        checkout.Environment["HOME"] = checkout.Folder;

        var run = await checkout.RunAsync("--target=Plan", "--environment=production");

        Assert.That(run.ExitCode, Is.EqualTo(2), run.ToString());
        Assert.That(run.Errors, Does.Contain("HEROKU_API_KEY").And.Contain("Nothing was changed."));
    }

    [Test]
    public async Task Like_a_plan_that_destroys_the_primary_are_refused_with_what_to_write_instead()
    {
        await using var checkout = await Checkout.CreateAsync(default);
        var body = await File.ReadAllTextAsync(Repository.PathOf("src", "ReleaseTasks.Sandbox", "Sample", "files", "pull-request-3.md"));
        await File.WriteAllTextAsync(checkout.PathOf("plan.md"), body.Replace("addons:destroy HEROKU_POSTGRESQL_SILVER", "addons:destroy HEROKU_POSTGRESQL_YELLOW", StringComparison.Ordinal));

        var run = await checkout.RunAsync("--target=CheckPlan", "--plan=plan.md");

        Assert.That(run.ExitCode, Is.EqualTo(2), run.ToString());
        Assert.That(run.Errors, Does.Match(@"plan\.md:\d+:\d+: .*HEROKU_POSTGRESQL_YELLOW"));
    }
}
