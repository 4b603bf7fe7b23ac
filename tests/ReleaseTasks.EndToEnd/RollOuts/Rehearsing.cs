namespace ReleaseTasks.EndToEnd.RollOuts;

/// <summary>A whole roll-out and its rollback on a sandbox that is thrown away: of the sample, and of a project of one's own.</summary>
[Platform(Exclude = "Win")]
public sealed class Rehearsing
{
    private const string Files = "src/ReleaseTasks.Sandbox/Sample/files";

    /// <summary>Another team's repository, whose code happens to be the sample's.</summary>
    private Checkout _dmon = null!;

    [OneTimeSetUp]
    public async Task Found_a_project()
    {
        _dmon = await Checkout.CreateAsync(default);
        var settings = await File.ReadAllTextAsync(_dmon.PathOf("tests", "consumers", "DMON", "build", "release.json"));
        await File.WriteAllTextAsync(_dmon.PathOf("build", "release.json"), settings);
        var plan = await File.ReadAllTextAsync(_dmon.PathOf($"{Files}/pull-request-3.md"));
        await File.WriteAllTextAsync(_dmon.PathOf("plan.md"), plan.Replace("sushi", "dmon", StringComparison.Ordinal));
        await GitAsync("init", "--quiet", "--initial-branch=master");
        await CommitAsync("master");
        await GitAsync("checkout", "--quiet", "-b", "remove-username");
        await CommitAsync("remove-username");
    }

    [OneTimeTearDown]
    public async Task Remove_it() => await _dmon.DisposeAsync();

    [Test]
    public async Task A_project_of_one_s_own_needs_a_plan_and_no_token()
    {
        var run = await _dmon.RunAsync("--target=Rehearse", "--plan=plan.md");

        Assert.That(run.ExitCode, Is.Zero, run.ToString());
        Assert.That(run.Output, Does.Contain("ok Release the merge commit: v6 of").And.Contain("run v6 and are up"));
        Assert.That(run.Output, Does.Contain("The rehearsal is over: dmon-pr1 was rolled back. Nothing real was changed."));
        Assert.That(Directory.Exists(_dmon.PathOf(".sandbox")) || Directory.Exists(_dmon.PathOf(".release")), Is.False, "the stage is gone");
        Assert.That((await GitAsync("status", "--porcelain", "--untracked-files=no")).Output, Is.Empty);
    }

    [Test]
    public async Task Without_a_plan_says_what_could_be_done()
    {
        _dmon.Environment["HOME"] = _dmon.Folder; // no ~/.netrc
        _dmon.Environment["HEROKU_API_KEY"] = null;

        var run = await _dmon.RunAsync("--target=Rehearse");

        Assert.That(run.ExitCode, Is.EqualTo(2), run.ToString());
        Assert.That(run.Errors, Does.Contain("HEROKU_API_KEY").And.Contain("A plan in a file can be rehearsed without: --plan=FILE"));
    }

    [Test]
    public async Task Is_what_the_sandbox_offers_to_a_project_that_it_does_not_know()
    {
        var run = await _dmon.RunAsync("--target=Deploy", "--environment=sandbox");

        Assert.That(run.ExitCode, Is.EqualTo(2), run.ToString());
        Assert.That(run.Errors, Does.Contain("doesn't know niteoweb/dmon. Nothing was changed.").And.Contain("--target=Rehearse --plan=FILE"));
    }

    private async Task CommitAsync(string branch)
    {
        await Command.RunAsync(_dmon.Folder, "cp", ["-R", $"{Files}/{branch}/.", "."], default);
        await GitAsync("add", "--all", "--", "Procfile", "alembic.ini", "migrations", "sushi");
        await GitAsync("-c", "user.name=zupo", "-c", "user.email=zupo@example.com", "commit", "--quiet", "--message", branch);
    }

    private Task<Finished> GitAsync(params string[] arguments) => Command.RunAsync(_dmon.Folder, "git", arguments, default);
}
