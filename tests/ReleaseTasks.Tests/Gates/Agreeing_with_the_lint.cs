using ReleaseTasks.Options;
using ReleaseTasks.Running;
using Stage = ReleaseTasks.Tests.Running.Stage;

namespace ReleaseTasks.Tests.Gates;

/// <summary><c>CheckPlan</c> and <c>Preflight</c> ask the same of a plan, so they answer the same.</summary>
public sealed class Agreeing_with_the_lint
{
    private Stage _stage = null!;
    private ReleaseOptions _options = null!;
    private string _body = "";

    [OneTimeSetUp]
    public async Task Set_the_stage()
    {
        _stage = await Stage.SetAsync(usual => usual with { SimulateDatabases = true });
        _options = _stage.Options;
        _body = (await _stage.GitHubAsync(HttpMethod.Get, "/repos/zupo/sushi/pulls/3"))["body"]!.GetValue<string>();
    }

    [SetUp]
    public void Restore() => _stage.Options = _options;

    [OneTimeTearDown]
    public async Task Leave_the_stage() => await _stage.DisposeAsync();

    [TestCase("@dz0ny", "assistant", ExpectedResult = true)]
    [TestCase("ask the dz0nys of this world", "assistant", ExpectedResult = false)]
    [TestCase("None", "assistant", ExpectedResult = false)]
    [TestCase("zupo", "assistant", ExpectedResult = false, Description = "nobody assists themselves")]
    public async Task<bool> Of_who_assists(string assistants, string gate)
    {
        _stage.Options = _options with { Ops = ["zupo", "dz0ny"] };

        return await BothAcceptAsync(_body.Replace("dz0ny I will need your assistance for DB migration", assistants, StringComparison.Ordinal), gate);
    }

    [TestCase("there is no migration", ExpectedResult = true)]
    [TestCase("no complex migration", ExpectedResult = true)]
    [TestCase("a DB migration of two rows", ExpectedResult = true)]
    [TestCase("long DB migration", ExpectedResult = false)]
    public Task<bool> Of_what_is_a_complex_migration(string risks) => BothAcceptAsync(Simple(risks), "assistant");

    [TestCase("DATABASE_URL --to now", ExpectedResult = true)]
    [TestCase("DATABASE --to now", ExpectedResult = true)]
    [TestCase("HEROKU_POSTGRESQL_YELLOW_URL --to now", ExpectedResult = true)]
    [TestCase("HEROKU_POSTGRESQL_PINK --to now", ExpectedResult = false)]
    [TestCase("DATABASE_URL --to '2013-10-21 15:52+00'", ExpectedResult = false)]
    [TestCase("DATABASE_URL --to '2113-10-21 15:52+00'", ExpectedResult = false)]
    public Task<bool> Of_what_can_be_rolled_back(string source) =>
        BothAcceptAsync(_body.Replace("HEROKU_POSTGRESQL_YELLOW --to now", source, StringComparison.Ordinal), "rollback-range");

    [Test]
    public async Task And_a_rollback_database_of_the_primarys_config_var_is_one_of_the_primary()
    {
        await using var stage = await Stage.SetAsync(usual => usual with { SimulateDatabases = true, Provisioning = TimeSpan.FromMilliseconds(200) });
        await stage.GitHubAsync(HttpMethod.Patch, "/repos/zupo/sushi/pulls/3", new { body = _body.Replace("HEROKU_POSTGRESQL_YELLOW --to now", "DATABASE_URL --to now", StringComparison.Ordinal) });

        await stage.RunAsync(run => run.RollOutAsync(Station.CreateRollbackDb, default));
        await stage.FreeLockAsync();
        await stage.RunAsync(run => run.CheckPlanAsync(default), ("pr", "3"));
        await stage.RunAsync(run => run.RollOutAsync(Station.Deploy, default));

        Assert.That((await stage.HerokuAsync("/apps/sushi/addons")).AsArray().Select(addon => addon!["name"]!.GetValue<string>()), Does.Contain("sushi-pr3-rollback"));
        Assert.That((await stage.HerokuAsync("/apps/sushi/releases")).AsArray().Last()!["version"]!.GetValue<int>(), Is.GreaterThan(51));
    }

    /// <returns>Whether lint and gate let the plan pass; a test fails where they differ.</returns>
    private async Task<bool> BothAcceptAsync(string body, string gate)
    {
        await _stage.GitHubAsync(HttpMethod.Patch, "/repos/zupo/sushi/pulls/3", new { body });
        var check = await OutcomeAsync(run => run.CheckPlanAsync(default));
        var preflight = await OutcomeAsync(run => run.PreflightAsync(default));
        var isOpen = _stage.Printed.Contains($"ok gate '{gate}' is open", StringComparison.Ordinal);

        Assert.That(check == ExitCode.Done, Is.EqualTo(isOpen), _stage.Printed);
        Assert.That(preflight, Is.EqualTo(check), "a plan's error is one everywhere");
        return isOpen;
    }

    private async Task<ExitCode> OutcomeAsync(Func<ReleaseRun, Task> target)
    {
        try
        {
            await _stage.RunAsync(target, ("pr", "3"));
            return ExitCode.Done;
        }
        catch (ReleaseException e)
        {
            return e.ExitCode;
        }
    }

    /// <summary>A description without a rollback database.</summary>
    private static string Simple(string risks) => $"""
        **Original issue and supporting materials**: #1

        **Downsides**: None

        **Deployment risks**: {risks}

        **Deployment assistants**: None

        **Backing services related changes**: None

        **Backuping steps**: None

        **Deployment steps**:

        1. [ ] Merge PR into master

        **Verification plan**:

        1. [ ] Monitor papertrail and getsentry

        **Rollback strategy**:

        1. [ ] Rollback release to previous revision: `heroku rollback vXX`
        """;
}
