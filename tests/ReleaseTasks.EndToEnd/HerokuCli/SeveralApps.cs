using ReleaseTasks.Sandbox.Heroku.World;

namespace ReleaseTasks.EndToEnd.HerokuCli;

/// <summary>A second app beside the first: its own names, databases and releases, and code that comes to it along a pipeline.</summary>
public sealed class SeveralApps : CliTest
{
    [Test]
    public async Task Keep_their_databases_apart()
    {
        await Heroku.SucceedAsync("apps:create", "maki");
        await Heroku.SucceedAsync("addons:create", "heroku-postgresql:standard-0", "--app", "maki", "--wait");
        await Heroku.SucceedAsync("addons:create", "heroku-postgresql:standard-0", "--app", "maki", "--wait", "--", "--fork", "DATABASE");
        var info = await Heroku.SucceedAsync("pg:info", "--app", "maki");
        var promoted = await Heroku.RunAsync("pg:promote", "HEROKU_POSTGRESQL_SILVER", "--app", "maki");
        var apps = await Heroku.SucceedAsync("apps");

        Assert.That(promoted.ExitCode, Is.Zero, promoted.ToString());
        Assert.That(info, Does.Contain("=== DATABASE_URL").And.Contain("=== HEROKU_POSTGRESQL_SILVER_URL"));
        Assert.That(apps, Does.Contain("maki").And.Contain("sushi"));
        Assert.That(Maki.ConfigVars["DATABASE_URL"], Is.EqualTo(Maki.ConfigVars["HEROKU_POSTGRESQL_SILVER_URL"]).And.Not.EqualTo(Heroku.Sushi.ConfigVars["DATABASE_URL"]));
        Assert.That(Heroku.Read(w => w.AddOns.Select(a => a.Name)), Is.Unique);
        Assert.That(Heroku.Read(w => w.AddOnsOf(w.FindApp("sushi")!).Select(a => a.Name).ToList()), Is.EqualTo(["postgresql-curved-12345"]));
        Assert.That(Heroku.Sushi.Releases, Has.Count.EqualTo(4));
    }

    [Test]
    public async Task Get_code_along_a_pipeline_and_keep_their_config_vars()
    {
        await Heroku.SucceedAsync("apps:create", "maki");
        var looked = Path.Combine(Heroku.Folder, "looked");
        await Heroku.SucceedAsync("config:set", "MYVAR=maki's own", $"HOLD={looked}", "--app", "maki");
        await Heroku.SucceedAsync("pipelines:create", "rolls", "--app", "sushi", "--stage", "staging");
        await Heroku.SucceedAsync("pipelines:add", "rolls", "--app", "maki", "--stage", "production");

        await using var promotion = Heroku.Start("pipelines:promote", "--app", "sushi");
        await promotion.PrintedAsync("migrating", default); // the release phase waits: what is over when the CLI first looks, it doesn't show
        await File.WriteAllTextAsync(looked, "");
        var promoted = await promotion.FinishedAsync(default);
        var releases = await Heroku.SucceedAsync("releases", "--app", "maki");

        Assert.That(promoted.ExitCode, Is.Zero, promoted.ToString());
        Assert.That(promoted.ToString(), Does.Contain("maki: succeeded"));
        Assert.That(releases, Does.Match(@"v4\s+Promote sushi v4 aaaaaaa\s+jim@example.com"));
        Assert.That((Maki.CurrentSlug!.Commit, Maki.ConfigVars["MYVAR"], Heroku.Sushi.ConfigVars["MYVAR"]), Is.EqualTo((Heroku.Sushi.CurrentSlug!.Commit, "maki's own", "old value")));
    }

    [Test]
    public async Task Keep_their_release_when_the_release_phase_of_a_promotion_fails()
    {
        await Heroku.SucceedAsync("apps:create", "maki");
        await Heroku.SucceedAsync("config:set", "FAIL=3", "--app", "maki");
        await Heroku.SucceedAsync("pipelines:create", "rolls", "--app", "sushi", "--stage", "staging");
        await Heroku.SucceedAsync("pipelines:add", "rolls", "--app", "maki", "--stage", "production");

        var promoted = await Heroku.RunAsync("pipelines:promote", "--app", "sushi");

        Assert.That(promoted.ExitCode, Is.EqualTo(1), promoted.ToString());
        Assert.That(promoted.ToString(), Does.Contain("Promotion to some apps failed").And.Match(@"maki: failed\s+The release command failed"));
        Assert.That((Maki.Releases[^1].Status, Maki.Current!.Version), Is.EqualTo((ReleaseStatus.Failed, 3)));
    }

    [Test]
    public async Task Go_without_taking_anything_of_the_others()
    {
        await Heroku.SucceedAsync("apps:create", "maki");
        await Heroku.SucceedAsync("addons:attach", "postgresql-curved-12345", "--app", "maki", "--as", "SUSHI");

        var refused = await Heroku.RunAsync("apps:destroy", "maki", "--confirm", "sushi");
        var destroyed = await Heroku.RunAsync("apps:destroy", "maki", "--confirm", "maki");

        Assert.That((refused.ExitCode, destroyed.ExitCode), Is.EqualTo((1, 0)), $"{refused}{destroyed}");
        Assert.That(Heroku.Read(w => w.Apps.Select(a => a.Name).ToList()), Is.EqualTo(["sushi"]));
        Assert.That(Heroku.Read(w => w.Attachments.Select(a => a.Name).ToList()), Is.EquivalentTo(["DATABASE", "HEROKU_POSTGRESQL_YELLOW"]));
    }

    private App Maki => Heroku.Read(w => w.FindApp("maki")!);
}
