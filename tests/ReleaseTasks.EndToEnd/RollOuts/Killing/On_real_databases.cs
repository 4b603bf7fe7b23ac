using ReleaseTasks.Sandbox;
using ReleaseTasks.Sandbox.Databases;

namespace ReleaseTasks.EndToEnd.RollOuts.Killing;

/// <summary>A few deaths of the matrix where PostgreSQL, point-in-time recovery and alembic are real: what the databases hold in the end.</summary>
[Platform(Exclude = "Win")]
public sealed class On_real_databases
{
    private static readonly Example Rollout = Example.Complex;

    [SetUp]
    public void Look_for_them() => Machine.NeedsPostgreSql();

    [TestCase("POST /apps/sushi/addons")]
    [TestCase("POST /apps/sushi/builds")]
    public async Task A_roll_out_that_was_killed_migrates_once(string request)
    {
        await using var arena = await Arena.OpenRealAsync(new Fault { On = request, Do = "cut-power" });

        var killed = await arena.RunAsync(Rollout.Deploy);
        var again = await arena.RunAsync(Rollout.Deploy);

        Assert.That((killed.ExitCode, again.ExitCode), Is.EqualTo((Death.ExitCode, 0)), $"{killed}\n{again}");
        Assert.That(await RevisionAsync(arena, "DATABASE_URL"), Is.EqualTo("0002"));
        Assert.That(await RevisionAsync(arena, "HEROKU_POSTGRESQL_SILVER_URL"), Is.EqualTo("0001"), "the rollback database holds the moment before");
    }

    [TestCase("POST /apps/sushi/releases")]
    [TestCase("POST /addon-attachments")]
    public async Task A_rollback_that_was_killed_brings_the_old_data_back(string request)
    {
        await using var arena = await Arena.OpenRealAsync(new Fault { On = request, Do = "cut-power" });
        var deployed = await arena.RunAsync(Rollout.Deploy);
        Assert.That(deployed.ExitCode, Is.Zero, deployed.ToString());

        var killed = await arena.RunAsync(Rollout.Rollback);
        var again = await arena.RunAsync(Rollout.Rollback);

        Assert.That((killed.ExitCode, again.ExitCode), Is.EqualTo((Death.ExitCode, 0)), $"{killed}\n{again}");
        Assert.That(await RevisionAsync(arena, "DATABASE_URL"), Is.EqualTo("0001"));
        Assert.That(await AskAsync(arena, "DATABASE_URL", "select count(username) > 0 from users"), Is.EqualTo("t"), "names are back");
    }

    private static Task<string> RevisionAsync(Arena arena, string configVar) => AskAsync(arena, configVar, "select version_num from alembic_version");

    private static async Task<string> AskAsync(Arena arena, string configVar, string question)
    {
        var run = await Command.RunAsync("/", PostgresBinaries.Find()!.PathOf("psql"), ["-X", arena.ConfigVar(configVar), "-Atc", question], CancellationToken.None);
        Assert.That(run.ExitCode, Is.Zero, run.ToString());
        return run.Output.Trim();
    }
}
